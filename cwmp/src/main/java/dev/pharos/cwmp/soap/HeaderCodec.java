// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The header of an envelope. Peers differ in the case of its names.
final class HeaderCodec {
    private HeaderCodec() {}

    static SoapHeader read(SoapCursor in) throws MalformedSoapException {
        Optional<String> id = Optional.empty();
        boolean holdRequests = false;
        boolean noMoreRequests = false;
        Optional<Duration> sessionTimeout = Optional.empty();
        List<String> supported = List.of();
        Optional<String> use = Optional.empty();
        List<String> notUnderstood = new ArrayList<>();
        while (in.nextChild()) {
            switch (in.name().toLowerCase(Locale.ROOT)) {
                case "id" -> {
                    id = Optional.of(in.text());
                    in.remember(id);
                }
                case "holdrequests" -> holdRequests = Values.flag(in);
                case "nomorerequests" -> noMoreRequests = Values.flag(in);
                case "sessiontimeout" -> sessionTimeout = Optional.of(Values.seconds(in));
                case "supportedcwmpversions" -> supported = versions(in);
                case "usecwmpversion" -> use = Optional.of(Values.token(in));
                default -> {
                    if (in.attribute("mustUnderstand").equals("1")) {
                        notUnderstood.add(in.name());
                    }
                    in.skip();
                }
            }
        }
        Versions versions = new Versions(supported, use);
        return new SoapHeader(id, holdRequests, noMoreRequests, sessionTimeout, versions, notUnderstood);
    }

    private static List<String> versions(SoapCursor in) throws MalformedSoapException {
        return Arrays.stream(in.text().split(","))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .toList();
    }

    static void write(SoapText out, SoapHeader header) {
        out.open("soap-env:Header");
        header.id().ifPresent(id -> element(out, "ID", 1, id));
        if (header.holdRequests()) {
            element(out, "HoldRequests", 1, "1");
        }
        header.sessionTimeout()
                .ifPresent(timeout -> element(out, "SessionTimeout", 0, String.valueOf(timeout.toSeconds())));
        if (!header.versions().supported().isEmpty()) {
            element(
                    out,
                    "SupportedCWMPVersions",
                    0,
                    String.join(",", header.versions().supported()));
        }
        header.versions().use().ifPresent(use -> element(out, "UseCWMPVersion", 1, use));
        out.close("soap-env:Header");
    }

    private static void element(SoapText out, String name, int mustUnderstand, String text) {
        out.raw("<cwmp:" + name + " soap-env:mustUnderstand=\"" + mustUnderstand + "\">");
        out.escaped(text).close("cwmp:" + name);
    }
}
