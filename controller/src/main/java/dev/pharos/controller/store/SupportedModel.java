// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.UspMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A supported data model, as a device described it, named by its content.
///
/// @param hash SHA-256 of [#encoded()], in hexadecimal digits
/// @param supportedObjects ordered by path
public record SupportedModel(String hash, List<SupportedObject> supportedObjects) {
    private static final MessageId NO_ID = new MessageId("model");

    public SupportedModel {
        supportedObjects = Frozen.list(supportedObjects);
    }

    /// The model of these objects; their order does not matter.
    public static SupportedModel of(List<SupportedObject> objects) {
        List<SupportedObject> ordered = objects.stream()
                .sorted(Comparator.comparing(SupportedObject::supportedObjPath))
                .toList();
        return new SupportedModel(hash(encode(ordered)), ordered);
    }

    /// The form in which a store keeps it: a GetSupportedDM response of the protocol.
    public Bytes encoded() {
        return encode(supportedObjects);
    }

    /// @throws MalformedInputException where `encoded` did not come from [#encoded()]
    public static SupportedModel decode(Bytes encoded) throws MalformedInputException {
        UspMessage message = MessageCodec.decode(encoded);
        if (!(message.body() instanceof GetSupportedDmResponse response)
                || response.requestedObjectResults().size() != 1) {
            throw new MalformedInputException(StandardErrorCode.MESSAGE_FAILED, "not a stored supported data model");
        }
        return of(response.requestedObjectResults().getFirst().supportedObjects());
    }

    public int parameterCount() {
        int count = 0;
        for (SupportedObject object : supportedObjects) {
            count += object.supportedParams().size();
        }
        return count;
    }

    /// Whether the model has this object, parameter, command or event. Instance numbers and wildcards stand
    /// for any row.
    public boolean supports(String path) {
        String general = generalised(path);
        int dot = general.lastIndexOf('.');
        String objectPath = general.substring(0, dot + 1);
        String leaf = general.substring(dot + 1);
        for (SupportedObject object : supportedObjects) {
            String known = object.supportedObjPath();
            if (known.equals(objectPath) || known.equals(objectPath + "{i}.")) {
                return leaf.isEmpty() || hasLeaf(object, leaf);
            }
        }
        return false;
    }

    private static boolean hasLeaf(SupportedObject object, String leaf) {
        return object.supportedParams().stream()
                        .anyMatch(param -> param.paramName().equals(leaf))
                || object.supportedEvents().stream()
                        .anyMatch(event -> event.eventName().equals(leaf))
                || object.supportedCommands().stream()
                        .anyMatch(command -> command.commandName().equals(leaf));
    }

    private static String generalised(String path) {
        return path.replaceAll("\\.(?:\\d+|\\*|\\[[^\\]]*\\])(?=\\.|$)", ".{i}");
    }

    private static Bytes encode(List<SupportedObject> objects) {
        return MessageCodec.encode(new UspMessage(
                NO_ID,
                new GetSupportedDmResponse(
                        List.of(new RequestedObjectResult("Device.", Optional.empty(), "", objects)))));
    }

    private static String hash(Bytes encoded) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(encoded.asReadOnlyBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
