/**
 * What is loaded: identities, trust anchors and revocation lists, and the seam for what
 * supplies them. How they are judged and read is in rooms of its own. Free of Spring's
 * container, of gRPC and of Netty.
 */
@NullMarked
package io.github.securegrpc.material;

import org.jspecify.annotations.NullMarked;
