/**
 * Whether a peer's certificate is accepted: the JVM's PKIX, and on top of it what that
 * alone would let pass.
 */
@NullMarked
package io.github.securegrpc.validation;

import org.jspecify.annotations.NullMarked;
