/**
 * The generation of TLS material in force, and how the next one takes its place.
 */
@NullMarked
package io.github.securegrpc.rotation;

import org.jspecify.annotations.NullMarked;
