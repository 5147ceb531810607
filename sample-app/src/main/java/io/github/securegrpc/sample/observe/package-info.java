/**
 * A page for people: every certificate in force, on a time line.
 */
@NullMarked
package io.github.securegrpc.sample.observe;

import org.jspecify.annotations.NullMarked;
