/**
 * What is loaded: identities and trust anchors, where they come from, and what is checked
 * before they are used. Free of Spring's container, of gRPC and of Netty.
 */
@NullMarked
package io.github.securegrpc.material;

import org.jspecify.annotations.NullMarked;
