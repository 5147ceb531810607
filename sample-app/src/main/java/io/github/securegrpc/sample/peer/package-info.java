/**
 * The scenario of P2PFL: nodes that are server and client of each other, at addresses
 * that they learn at run time and believe as far as certificates name them.
 */
@NullMarked
package io.github.securegrpc.sample.peer;

import org.jspecify.annotations.NullMarked;
