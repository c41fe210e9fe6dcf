// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what a lightweight notification says (cwmp-UDPLightweightNotification-1-0): elements by their local names, in
/// any order, within the bounds of envelopes. It has no types, so that every value is a string.
public final class NotificationReader {
    private NotificationReader() {}

    /// @param words what it says of itself, by the names of the elements: `TS`, `UN`, `CN`
    public record Content(Map<String, String> words, DeviceId device, List<ParameterValue> parameters) {
        public Content {
            words = Map.copyOf(words);
            parameters = List.copyOf(parameters);
        }
    }

    public static Content read(byte[] bytes) throws MalformedSoapException {
        SoapCursor in = new SoapCursor(
                SoapReader.begin(new StringReader(new String(bytes, StandardCharsets.UTF_8))), ReadingQuirks.FIELD);
        in.root();
        if (!in.name().equals("Notification")) {
            throw in.wrong("<" + SoapCursor.shown(in.name()) + "> is no notification");
        }
        Map<String, String> words = new HashMap<>();
        List<ParameterValue> parameters = new ArrayList<>();
        while (in.nextChild()) {
            switch (in.name()) {
                case "Param" -> {
                    if (parameters.size() == Limits.CHANGES) {
                        throw in.wrong("more than " + Limits.CHANGES + " parameters");
                    }
                    parameters.add(parameter(in));
                }
                case "TS", "UN", "CN", "OUI", "ProductClass", "SerialNumber" -> {
                    String name = in.name();
                    if (words.put(name, in.text().strip()) != null) {
                        throw in.wrong("a second " + name);
                    }
                }
                default -> in.skip();
            }
        }
        for (String name : List.of("OUI", "SerialNumber")) {
            if (words.getOrDefault(name, "").isEmpty()) {
                throw in.wrong("no " + name);
            }
        }
        in.finish();
        in.close();
        return new Content(
                words,
                new DeviceId(
                        "",
                        words.getOrDefault("OUI", ""),
                        words.getOrDefault("ProductClass", ""),
                        words.getOrDefault("SerialNumber", "")),
                parameters);
    }

    private static ParameterValue parameter(SoapCursor in) throws MalformedSoapException {
        String name = "";
        String value = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = in.text().strip();
                case "Value" -> value = in.text();
                default -> in.skip();
            }
        }
        if (name.isEmpty()) {
            throw in.wrong("a parameter without a name");
        }
        return new ParameterValue(name, PrimitiveType.STRING, value);
    }
}
