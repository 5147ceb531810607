/**
 * Programs that measure; each prints its figures and is run by hand.
 */
@NullMarked
package io.github.securegrpc.benchmarks;

import org.jspecify.annotations.NullMarked;
