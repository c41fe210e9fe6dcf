// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A port to listen on, or none.
///
/// @param number 0 for any free one, -1 for none
public record Port(int number) {
    static final Port OFF = new Port(-1);

    boolean on() {
        return number >= 0;
    }

    @Override
    public String toString() {
        return on() ? Integer.toString(number) : "off";
    }

    /// Reads `8080`, `0` or `off`.
    static final class Reader implements ITypeConverter<Port> {
        @Override
        public Port convert(String text) {
            if (text.equals("off")) {
                return OFF;
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= 0 && number <= 65_535) {
                    return new Port(number);
                }
            } catch (NumberFormatException notANumber) {
                throw new TypeConversionException("'" + text + "' is no port: 0 (any free one) to 65535, or off");
            }
            throw new TypeConversionException("'" + text + "' is no port: 0 (any free one) to 65535, or off");
        }
    }
}
