// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.message.MessageId;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes records of the protocol as JSON for people. What is secret in them has been masked before.
final class JsonText {
    private final StringBuilder out = new StringBuilder(256);

    private JsonText() {}

    static String of(Object value) {
        JsonText text = new JsonText();
        text.value(value);
        return text.out.toString();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Optional<?> optional -> value(optional.orElse(null));
            case Map<?, ?> map -> map(map);
            case Iterable<?> items -> list(items);
            case Number number -> out.append(number);
            case Boolean bool -> out.append(bool.booleanValue());
            case EndpointId id -> string(id.toString());
            case MessageId id -> string(id.value());
            case ErrorCode code -> out.append(code.code());
            case FaultCode code -> out.append(code.code());
            case EventCode event -> string(event.text());
            case CwmpTime time -> string(time.text());
            case Bytes bytes -> string(bytes.toString());
            case Record fields -> fields(fields);
            default -> string(value.toString());
        }
    }

    private void map(Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            out.append(before);
            string(key);
            out.append(':');
            value(entry.getValue());
            before = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void list(Iterable<?> items) {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(',');
            }
            first = false;
            value(item);
        }
        out.append(']');
    }

    private void fields(Record fields) {
        out.append('{');
        boolean first = true;
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(component.getName());
            out.append(':');
            value(read(component, fields));
        }
        out.append('}');
    }

    private static @Nullable Object read(RecordComponent component, Record fields) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("records of the protocol are public", unreadable);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
