/**
 * Judges what is loaded before it is used: key and leaf, chain, strength, validity,
 * protocols and revocation lists. Knows the values, and not where they come from.
 */
@NullMarked
package io.github.securegrpc.material.check;

import org.jspecify.annotations.NullMarked;
