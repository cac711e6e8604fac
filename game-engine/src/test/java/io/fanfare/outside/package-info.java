/** What somebody does with the engine who does not belong to it. */
@NullMarked
package io.fanfare.outside;

import org.jspecify.annotations.NullMarked;
