/**
 * The engine net.devh: where our rules meet its servers and channels.
 */
@NullMarked
package io.github.securegrpc.devh;

import org.jspecify.annotations.NullMarked;
