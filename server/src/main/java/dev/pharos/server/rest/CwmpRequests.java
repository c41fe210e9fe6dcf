// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.acs.Identities;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.CwmpDone;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.NextSession;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.UspError;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Requests to devices that are managed over TR-069. What is read is what they said last; for what they have not said,
/// and for what is written, they are called to open a session, and where that cannot be it waits for the next.
public final class CwmpRequests {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.*-]+");

    private final AcsOffice office;
    private final CwmpVisits visits;
    private final CwmpChanges changes;
    private final Stores stores;

    public CwmpRequests(AcsOffice office, Stores stores, Clock clock) {
        this(office, stores, new CwmpVisits(office, stores, clock));
    }

    private CwmpRequests(AcsOffice office, Stores stores, CwmpVisits visits) {
        this.office = office;
        this.visits = visits;
        this.changes = new CwmpChanges(visits, stores.twins());
        this.stores = stores;
    }

    /// The same, but what is not done now is not done in a later session either.
    CwmpRequests nowOnly() {
        return new CwmpRequests(office, stores, visits.nowOnly());
    }

    /// Whether it is for us to answer.
    boolean manages(EndpointId device) {
        return visits.manages(device);
    }

    CwmpChanges changes() {
        return changes;
    }

    /// What the device answers now to a method that only asks.
    ///
    /// @throws ApiException where it does not come now: nothing is asked later
    Response method(EndpointId device, AcsRequest<?> request) {
        return switch (office.askOnly(device, new Errand.CallMethod(request), Limits.DEFAULT_WAIT)) {
            case Asked.Ended(ErrandEnd.Answered(Response answer)) -> answer;
            case Asked.Ended(ErrandEnd end)
            when FaultMeaning.refusal(end).isPresent() ->
                throw refused(FaultMeaning.refusal(end).get());
            case Asked.Ended _ ->
                throw new ApiException(502, "Not answered", "The session with " + device + " ended over it.");
            case Asked.Waits(String because) ->
                throw new ApiException(
                        504, "Not here", device + " is managed over TR-069 and is not in a session now. " + because);
            case Asked.NoRoom _ -> throw CwmpVisits.noRoom(device);
        };
    }

    /// Has the device do something now, or in its next session.
    CwmpDone methodLater(EndpointId device, AcsRequest<?> request, HttpServletResponse response) {
        return switch (changes.ask(device, new Errand.CallMethod(request), Limits.DEFAULT_WAIT, response)) {
            case CwmpChanges.Outcome.Waits(NextSession session) -> new CwmpDone(false, session);
            case CwmpChanges.Outcome.Ended(ErrandEnd end, NextSession session) -> {
                Optional<UspError> refusal = FaultMeaning.refusal(end);
                if (refusal.isPresent()) {
                    throw refused(refusal.get());
                }
                yield new CwmpDone(true, session);
            }
        };
    }

    private static ApiException refused(UspError error) {
        return new ApiException(422, "Refused", "The device refuses it: " + FaultMeaning.sentence(error) + ".");
    }

    /// Calls devices over USP, and those that are managed over TR-069 to a session now.
    DeviceLine line(DeviceLine usp) {
        return new CwmpLine(usp, office, stores.twins());
    }

    /// By which records devices are known.
    Identities identities() {
        return office.identities();
    }

    /// The name by which a device is known now that is called so by whoever asks: that, or another where its record
    /// has become another's, as far as they may see that.
    public EndpointId now(EndpointId said) {
        try {
            return identities()
                    .formerly(said)
                    .filter(now -> stores.devices().find(now).isPresent())
                    .orElse(said);
        } catch (StoreException unavailable) {
            // whoever asks hears so by what they ask for
            return said;
        }
    }

    static ApiException onlyOverUsp(EndpointId device) {
        return new ApiException(
                409, "Not over TR-069", device + " is managed over TR-069: this request is one of USP alone.");
    }

    /// From the twin; what is not there is asked for in the next session.
    GetAnswer get(EndpointId device, GetRequest request, Duration wait, HttpServletResponse response) {
        request.paramPaths().forEach(CwmpRequests::mustBePlain);
        Known known = known(device, request);
        if (known.unknown().isEmpty()) {
            return new GetAnswer(
                    known.results(),
                    visits.session(device, false, known.detail() + "The device is managed over TR-069."));
        }
        return switch (visits.ask(device, new Errand.ReadValues(known.unknown()), wait)) {
            case Asked.Ended _ -> {
                Known read = known(device, request);
                yield new GetAnswer(
                        read.results(),
                        visits.session(device, false, read.detail() + "The device was called for them."));
            }
            case Asked.Waits(String because) -> {
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
                yield new GetAnswer(
                        known.results(),
                        visits.session(
                                device,
                                true,
                                known.detail() + "Nothing is known at " + String.join(", ", known.unknown())
                                        + ": the device is asked in its next session. " + because));
            }
            case Asked.NoRoom _ -> throw CwmpVisits.noRoom(device);
        };
    }

    /// What the twin has, and where it has nothing.
    ///
    /// @param detail how old the oldest of it is, as a sentence
    private record Known(List<GetAnswer.RequestedPathResult> results, List<String> unknown, String detail) {}

    private Known known(EndpointId device, GetRequest request) {
        List<GetAnswer.RequestedPathResult> results = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Instant oldest = Instant.MAX;
        for (String path : request.paramPaths()) {
            List<TwinValue> values = values(device, path, request.maxDepth());
            if (values.isEmpty()) {
                unknown.add(path);
            }
            for (TwinValue value : values) {
                oldest = value.time().isBefore(oldest) ? value.time() : oldest;
            }
            results.add(new GetAnswer.RequestedPathResult(path, 0, "", byObject(values)));
        }
        String detail = oldest.equals(Instant.MAX) ? "" : "These values are " + visits.age(oldest) + " old. ";
        return new Known(results, unknown, detail);
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
}
