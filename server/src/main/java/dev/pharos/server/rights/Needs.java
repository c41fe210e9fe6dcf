// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which right an operation of the REST interface needs; on a class for all that say nothing else. Without any, only
/// administrators may ([RightsGuard]).
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Needs {
    Right value();
}
