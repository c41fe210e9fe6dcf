// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.NextSession;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.SetRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Requests to devices that are managed over TR-069. They cannot be called: what is read is what they said last, and
/// what
/// is written waits for their next session.
public final class CwmpRequests {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.*-]+");

    private final AcsOffice office;
    private final Stores stores;
    private final Clock clock;

    public CwmpRequests(AcsOffice office, Stores stores, Clock clock) {
        this.office = office;
        this.stores = stores;
        this.clock = clock;
    }

    /// Whether it is for us to answer.
    boolean manages(EndpointId device) {
        return office.isManaged(device);
    }

    static ApiException onlyOverUsp(EndpointId device) {
        return new ApiException(
                409,
                "Not over TR-069",
                device + " is managed over TR-069: it can be read and written, and nothing else yet.");
    }

    /// From the twin; what is not there is asked for in the next session.
    GetAnswer get(EndpointId device, GetRequest request, HttpServletResponse response) {
        List<GetAnswer.RequestedPathResult> results = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Instant oldest = Instant.MAX;
        for (String path : request.paramPaths()) {
            mustBePlain(path);
            List<TwinValue> values = values(device, path, request.maxDepth());
            if (values.isEmpty()) {
                unknown.add(path);
            }
            for (TwinValue value : values) {
                oldest = value.time().isBefore(oldest) ? value.time() : oldest;
            }
            results.add(new GetAnswer.RequestedPathResult(path, 0, "", byObject(values)));
        }
        String detail = oldest.equals(Instant.MAX) ? "" : "These values are " + age(oldest) + " old. ";
        if (unknown.isEmpty()) {
            return new GetAnswer(results, session(device, false, detail + "The device is managed over TR-069."));
        }
        ask(device, new Errand.ReadValues(unknown));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        return new GetAnswer(
                results,
                session(
                        device,
                        true,
                        detail + "Nothing is known at " + String.join(", ", unknown)
                                + ": the device is asked in its next session."));
    }

    private static void mustBePlain(String path) {
        if (!PLAIN.matcher(path).matches() || path.endsWith("*")) {
            throw new BadRequestException(
                    "paths", "of a device that is managed over TR-069 are plain, or with * for a row: " + path);
        }
    }

    private List<TwinValue> values(EndpointId device, String path, int depth) {
        int star = path.indexOf('*');
        Pattern wanted = Pattern.compile(
                Pattern.quote(path).replace("*", "\\E[0-9]+\\Q") + (path.endsWith(".") ? "(.+)" : "()"));
        List<TwinValue> found = new ArrayList<>();
        for (TwinValue value : stores.twins().list(device, star < 0 ? path : path.substring(0, star), Limits.TWIN)) {
            var match = wanted.matcher(value.path());
            if (match.matches() && (depth == 0 || isWithin(match.group(1), depth))) {
                found.add(value);
            }
        }
        return found;
    }

    /// Rows count as one level with their table.
    private static boolean isWithin(String rest, int depth) {
        long levels = Pattern.compile("\\.")
                .splitAsStream(rest)
                .filter(word -> !word.matches("[0-9]+"))
                .count();
        return levels <= depth;
    }

    private static List<GetAnswer.ResolvedPathResult> byObject(List<TwinValue> values) {
        Map<String, Map<String, String>> objects = new LinkedHashMap<>();
        for (TwinValue value : values) {
            int end = value.path().lastIndexOf('.') + 1;
            objects.computeIfAbsent(value.path().substring(0, end), _ -> new LinkedHashMap<>())
                    .put(value.path().substring(end), value.value());
        }
        return objects.entrySet().stream()
                .map(object -> new GetAnswer.ResolvedPathResult(object.getKey(), object.getValue()))
                .toList();
    }

    /// Waits for the next session, all of it or nothing.
    SetAnswer set(EndpointId device, SetRequest request, HttpServletResponse response) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SetRequest.UpdateObject object : request.updateObjects()) {
            for (var setting : object.paramSettings()) {
                String path = object.objPath() + setting.param();
                if (!PLAIN.matcher(path).matches() || path.contains("*") || path.endsWith(".")) {
                    throw new BadRequestException(
                            "updateObjects", "of a device that is managed over TR-069 have whole paths: " + path);
                }
                values.put(path, setting.value());
            }
        }
        if (values.isEmpty()) {
            throw new BadRequestException("updateObjects", "must have at least one parameter");
        }
        ask(device, new Errand.SetValues(values));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        return new SetAnswer(
                List.of(),
                session(
                        device,
                        true,
                        "The device is managed over TR-069: this waits for its next session, and an event tells what"
                                + " came of it."));
    }

    private void ask(EndpointId device, Errand errand) {
        if (office.ask(device, errand).isEmpty()) {
            throw new ApiException(
                    429, "Too much waits", "Too much waits for the next session of " + device + " already.");
        }
    }

    private NextSession session(EndpointId device, boolean queued, String detail) {
        Instant last = stores.devices().find(device).map(DeviceRecord::lastSeen).orElse(Instant.EPOCH);
        return new NextSession(queued, last, detail + " Its last session was " + age(last) + " ago.");
    }

    private String age(Instant time) {
        Duration age = Duration.between(time, clock.instant());
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        if (age.toMinutes() >= 120) {
            return age.toHours() + " hours";
        }
        return age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : Math.max(0, age.toSeconds()) + " seconds";
    }
}
