/**
 * Reads what is loaded: locations, PEM files, bundles, and the levels of the properties
 * that name them.
 */
@NullMarked
package io.github.securegrpc.material.source;

import org.jspecify.annotations.NullMarked;
