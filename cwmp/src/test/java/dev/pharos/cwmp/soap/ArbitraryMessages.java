// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import dev.pharos.usp.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Makes messages of every kind that the sealed families have, each a function of a seed, so that a message that is
/// added is tested without anybody thinking of it.
final class ArbitraryMessages {
    private static final String LETTERS = "abcXYZ019 .-_/<>&\"'\t\n\räß漢😀";
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final int MOST = 4;

    private final Random random;

    ArbitraryMessages(long seed) {
        random = new Random(seed);
    }

    /// Every class of message there is.
    static List<Class<? extends Body>> kinds() {
        Set<Class<? extends Body>> kinds = new TreeSet<>(Comparator.comparing(Class::getName));
        collect(Body.class, kinds);
        return List.copyOf(kinds);
    }

    private static void collect(Class<?> type, Set<Class<? extends Body>> kinds) {
        if (type.isRecord()) {
            kinds.add(type.asSubclass(Body.class));
            return;
        }
        for (Class<?> each : type.getPermittedSubclasses()) {
            collect(each, kinds);
        }
    }

    Envelope envelope(Class<? extends Body> kind) {
        return new Envelope(new CwmpNamespace(random.nextInt(5)), header(), kind.cast(record(kind)));
    }

    private SoapHeader header() {
        Versions versions = new Versions(
                random.nextBoolean() ? List.of("1.0", "1.4") : List.of(),
                optional().map(each -> "1." + random.nextInt(5)));
        return new SoapHeader(
                optional(),
                random.nextBoolean(),
                false,
                random.nextBoolean() ? Optional.of(Duration.ofSeconds(random.nextInt(9999))) : Optional.empty(),
                versions,
                List.of());
    }

    private Optional<String> optional() {
        return random.nextBoolean() ? Optional.of(text()) : Optional.empty();
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component(type, components[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type.getName(), impossible);
        }
    }

    private Object component(Class<?> owner, RecordComponent component) {
        return switch (component.getName()) {
            case "method" -> "X_00256D_Method" + random.nextInt(9);
            case "oui" -> "00256D";
            case "serialNumber" -> "S" + text();
            default -> value(component.getGenericType(), owner);
        };
    }

    private Object value(Type type, Class<?> owner) {
        if (type instanceof ParameterizedType generic) {
            Type item = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return list(item, owner);
            }
            return random.nextBoolean() ? Optional.of(value(item, owner)) : Optional.empty();
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return text();
        } else if (plain == boolean.class) {
            return random.nextBoolean();
        } else if (plain == int.class) {
            return random.nextInt();
        } else if (plain == long.class) {
            return random.nextLong() & UNSIGNED_INT;
        } else if (plain == Duration.class) {
            return Duration.ofSeconds(random.nextLong() & UNSIGNED_INT);
        } else if (plain == CwmpTime.class) {
            return random.nextBoolean() ? CwmpTime.UNKNOWN : CwmpTime.of(Instant.ofEpochSecond(random.nextInt()));
        } else if (plain == Bytes.class) {
            return Bytes.ofUtf8(text());
        } else if (plain == FaultCode.class) {
            return random.nextBoolean() ? any(StandardFaultCode.values()) : FaultCode.of(9800 + random.nextInt(100));
        } else if (plain == EventCode.class) {
            return event();
        } else if (plain.isEnum()) {
            return any(plain.getEnumConstants());
        }
        return plain.isRecord() ? record(plain) : record(any(plain.getPermittedSubclasses()));
    }

    private List<Object> list(Type item, Class<?> owner) {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(MOST);
        for (int i = 0; i < size; i++) {
            list.add(value(item, owner));
        }
        return list;
    }

    private EventCode event() {
        return switch (random.nextInt(3)) {
            case 0 -> any(StandardEvent.values());
            case 1 -> any(MethodEvent.values());
            default -> EventCode.of("X 00256D" + text());
        };
    }

    /// Without blanks around it, which some arguments lose.
    private String text() {
        StringBuilder text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString().strip();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
