// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The documents of an OCI image.
final class ImageJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ImageJson() {}

    /// @param what it is, for messages
    static JsonNode parse(byte[] bytes, String what) throws UnitFormatException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (!node.isObject()) {
                throw new UnitFormatException(what + ": no JSON object");
            }
            return node;
        } catch (JacksonException broken) {
            throw new UnitFormatException(what + ": no JSON: " + Archive.shown(broken.getOriginalMessage()));
        }
    }

    /// A document of that name in a folder.
    static JsonNode file(Path folder, String name) throws IOException, UnitFormatException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnitFormatException("there is no " + name);
        }
        if (Files.size(file) > Limits.DOCUMENT) {
            throw new UnitFormatException(name + ": more than " + Limits.DOCUMENT + " bytes");
        }
        return parse(Files.readAllBytes(file), name);
    }

    /// The members that are text.
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.propertyStream()
                .filter(member -> member.getValue().isString())
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }

    /// @throws UnitFormatException where it is neither a list of texts nor nothing
    static List<String> list(JsonNode node, String what) throws UnitFormatException {
        List<String> texts = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) {
            return texts;
        }
        if (!node.isArray()) {
            throw new UnitFormatException(what + ": no list");
        }
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw new UnitFormatException(what + ": holds what is no text");
            }
            texts.add(item.asString(""));
        }
        return texts;
    }
}
