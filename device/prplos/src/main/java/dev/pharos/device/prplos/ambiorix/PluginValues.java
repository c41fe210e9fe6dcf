// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.math.BigDecimal;
import java.util.Optional;

/// Values as plug-ins have them and as USP writes them.
final class PluginValues {
    private PluginValues() {}

    /// @return empty where it is no single value, or too long to be one
    static Optional<String> text(UbusValue value) {
        Optional<String> text = switch (value) {
            case UbusValue.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
            case UbusValue.Int16(short number) -> Optional.of(Short.toString(number));
            case UbusValue.Int32(int number) -> Optional.of(Integer.toString(number));
            case UbusValue.Int64(long number) -> Optional.of(Long.toString(number));
            case UbusValue.Real(double number) ->
                Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number).toPlainString()) : Optional.empty();
            case UbusValue.Text(String word) -> Optional.of(word);
            default -> Optional.empty();
        };
        return text.filter(word -> word.length() <= Limits.VALUE);
    }

    /// @param text in canonical form
    static UbusValue value(ParameterType type, String text) {
        if (type.list()) {
            return new UbusValue.Text(text);
        }
        return switch (type.base()) {
            case BOOLEAN -> new UbusValue.Bool(text.equals("true"));
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG -> number(text);
            case DECIMAL -> new UbusValue.Real(Double.parseDouble(text));
            default -> new UbusValue.Text(text);
        };
    }

    /// What needs more than 63 bits goes as text, which plug-ins convert.
    private static UbusValue number(String text) {
        BigDecimal number = new BigDecimal(text);
        if (number.precision() > 18) {
            return new UbusValue.Text(text);
        }
        long whole = number.longValue();
        return whole == (int) whole ? new UbusValue.Int32((int) whole) : new UbusValue.Int64(whole);
    }
}
