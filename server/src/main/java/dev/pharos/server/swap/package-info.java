/// One router in the place of another, as people plan and do it.
@NullMarked
package dev.pharos.server.swap;

import org.jspecify.annotations.NullMarked;
