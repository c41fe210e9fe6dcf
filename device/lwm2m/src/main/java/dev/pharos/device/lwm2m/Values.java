// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.lwm2m.ObjectKind.ResourceKind;
import dev.pharos.device.proxied.ResourceType;
import dev.pharos.device.proxied.ThingFailedException;
import dev.pharos.device.proxied.ThingFailedException.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.leshan.core.node.LwM2mChildNode;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.WriteRequest;

/// Values as things send them, and as they stand in the data model.
final class Values {
    private Values() {}

    /// What an instance says, by the paths of its resources. What is of another type than the object says, has several
    /// values, or is unknown, is left out.
    static Map<String, String> of(LwM2mPath instance, ObjectKind kind, LwM2mChildNode content) {
        Map<String, String> values = new LinkedHashMap<>();
        if (content instanceof LwM2mObjectInstance object) {
            object.getResources().forEach((id, resource) -> {
                ResourceKind known = kind.resources().get(id);
                if (known != null && !resource.isMultiInstances()) {
                    text(known.type(), resource)
                            .ifPresent(text -> values.put(instance.append(id).toString(), text));
                }
            });
        }
        return values;
    }

    private static Optional<String> text(ResourceType type, LwM2mResource resource) {
        Object value = resource.getValue();
        return switch (type) {
            case STRING -> value instanceof String text ? Optional.of(text) : Optional.empty();
            case INTEGER -> value instanceof Long number ? Optional.of(number.toString()) : Optional.empty();
            case DECIMAL ->
                value instanceof Double number && Double.isFinite(number)
                        ? Optional.of(
                                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString())
                        : Optional.empty();
            case BOOLEAN -> value instanceof Boolean flag ? Optional.of(flag.toString()) : Optional.empty();
            case TIME ->
                value instanceof Date date ? Optional.of(date.toInstant().toString()) : Optional.empty();
            case BYTES ->
                value instanceof byte[] bytes
                        ? Optional.of(Base64.getEncoder().encodeToString(bytes))
                        : Optional.empty();
            case NONE -> Optional.empty();
        };
    }

    /// What to send so that the resource has this value.
    ///
    /// @throws ThingFailedException where it cannot have it
    static WriteRequest write(LwM2mPath path, ResourceKind kind, String value) throws ThingFailedException {
        int object = path.getObjectId();
        int instance = path.getObjectInstanceId();
        int resource = path.getResourceId();
        ContentFormat format = kind.type() == ResourceType.BYTES ? ContentFormat.OPAQUE : ContentFormat.TEXT;
        try {
            return switch (kind.type()) {
                case STRING -> new WriteRequest(format, object, instance, resource, value);
                case INTEGER ->
                    new WriteRequest(format, object, instance, resource, new BigDecimal(value).longValueExact());
                case DECIMAL ->
                    new WriteRequest(format, object, instance, resource, new BigDecimal(value).doubleValue());
                case BOOLEAN -> new WriteRequest(format, object, instance, resource, flag(value));
                case TIME -> new WriteRequest(format, object, instance, resource, time(value));
                case BYTES ->
                    new WriteRequest(
                            format,
                            object,
                            instance,
                            resource,
                            Base64.getDecoder().decode(value));
                case NONE -> throw new ThingFailedException(Reason.REFUSED, "it is a command and has no value");
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
            throw new ThingFailedException(
                    Reason.WRONG_VALUE, "not of type " + kind.type().text());
        }
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Date time(String value) {
        Instant instant = OffsetDateTime.parse(value).toInstant();
        return Date.from(instant);
    }
}
