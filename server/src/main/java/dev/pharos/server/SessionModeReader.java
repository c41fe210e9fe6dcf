// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.usp.session.SessionMode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `require`, `allow` or `forbid`.
final class SessionModeReader implements ITypeConverter<SessionMode> {
    @Override
    public SessionMode convert(String text) {
        for (SessionMode mode : SessionMode.values()) {
            if (mode.text().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        throw new TypeConversionException("'" + text + "' is none of require, allow, forbid");
    }
}
