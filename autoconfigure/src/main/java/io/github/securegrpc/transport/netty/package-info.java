/**
 * The transport on Netty. This package exists once in the sources and twice in the jar:
 * the build derives {@code transport.shaded} from it by renaming Netty's packages.
 */
@NullMarked
package io.github.securegrpc.transport.netty;

import org.jspecify.annotations.NullMarked;
