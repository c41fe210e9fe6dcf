// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The text of an envelope while it is written.
final class SoapText {
    private static final int USUAL_LENGTH = 1024;
    private static final Pattern FRACTION = Pattern.compile("(?<=T[0-9]{2}:[0-9]{2}:[0-9]{2})\\.[0-9]+");

    private final StringBuilder xml = new StringBuilder(USUAL_LENGTH);
    private final WritingQuirks quirks;

    SoapText(WritingQuirks quirks) {
        this.quirks = quirks;
    }

    /// How one item of a list is written.
    interface Item<T> {
        void write(SoapText out, T item);
    }

    @Override
    public String toString() {
        return xml.toString();
    }

    WritingQuirks quirks() {
        return quirks;
    }

    SoapText raw(String markup) {
        xml.append(markup);
        return this;
    }

    SoapText open(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    SoapText close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    SoapText escaped(String text) {
        XmlText.append(xml, text);
        return this;
    }

    SoapText text(String name, String value) {
        return open(name).escaped(value).close(name);
    }

    /// Nothing where there is nothing to say.
    SoapText optional(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    SoapText flag(String name, boolean value) {
        return number(name, value ? 1 : 0);
    }

    SoapText number(String name, long value) {
        open(name);
        xml.append(value);
        return close(name);
    }

    SoapText seconds(String name, Duration value) {
        return number(name, value.toSeconds());
    }

    SoapText time(String name, CwmpTime time) {
        return text(name, inTime(time.text()));
    }

    /// The Value of a parameter.
    SoapText value(PrimitiveType type, String value) {
        xml.append("<Value xsi:type=\"").append(ValueTypes.write(type)).append("\">");
        XmlText.append(xml, literal(type, value));
        return close("Value");
    }

    private String literal(PrimitiveType type, String value) {
        if (type == PrimitiveType.DATE_TIME) {
            return inTime(value);
        }
        return type == PrimitiveType.BOOLEAN ? inBoolean(value) : value;
    }

    private String inTime(String value) {
        return switch (quirks.times()) {
            case AS_GIVEN -> value;
            case WHOLE_SECONDS -> FRACTION.matcher(value).replaceFirst("");
        };
    }

    private String inBoolean(String value) {
        boolean isTrue = value.equals("1") || value.toLowerCase(Locale.ROOT).equals("true");
        boolean isFalse = value.equals("0") || value.toLowerCase(Locale.ROOT).equals("false");
        if (!isTrue && !isFalse) {
            return value;
        }
        return switch (quirks.booleans()) {
            case AS_GIVEN -> value;
            case DIGITS -> isTrue ? "1" : "0";
            case WORDS -> isTrue ? "true" : "false";
        };
    }

    /// An array of SOAP.
    ///
    /// @param type of its items, with prefix
    <T> SoapText array(String name, String type, List<T> items, Item<T> item) {
        xml.append('<').append(name).append(" soap-enc:arrayType=\"").append(type);
        xml.append('[').append(items.size()).append("]\">");
        for (T each : items) {
            item.write(this, each);
        }
        return close(name);
    }

    /// An array of structures, which are called as their type.
    <T> SoapText structs(String name, String struct, List<T> items, Item<T> content) {
        return array(name, "cwmp:" + struct, items, (out, each) -> {
            out.open(struct);
            content.write(out, each);
            out.close(struct);
        });
    }

    SoapText strings(String name, List<String> items) {
        return array(name, "xsd:string", items, (out, each) -> out.text("string", each));
    }
}
