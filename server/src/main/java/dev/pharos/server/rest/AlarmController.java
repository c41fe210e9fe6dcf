// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.alarm.Alarm;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.server.rest.json.AlarmMove;
import dev.pharos.server.rest.json.AlarmPage;
import dev.pharos.server.rest.json.AlarmView;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.AlarmStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Alarms, and what people do with them. See docs/alarms.md.
@RestController
@RequestMapping("/api/v1/alarms")
@Tag(name = "alarms")
@Needs(Right.CHANGE)
@Reaches(Reach.SEEN)
public final class AlarmController {
    private final AlarmStore alarms;
    private final Audit audit;
    private final Clock clock;

    public AlarmController(AlarmStore alarms, Audit audit, Clock clock) {
        this.alarms = alarms;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param state `open` or `cleared`; both where it is left out
    /// @param severity this, or worse
    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "listAlarms", summary = "Alarms, the newest first")
    AlarmPage list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable EndpointId device,
            @RequestParam(required = false) @Nullable String rule,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        AlarmStore.Search search = new AlarmStore.Search(
                open(state),
                device == null ? "" : device.toString(),
                rule == null ? "" : rule,
                severity == null
                        ? Severity.WARNING
                        : Severity.of(severity)
                                .orElseThrow(() -> new BadRequestException(
                                        "severity", "must be warning, minor, major or critical")),
                Paging.before(cursor));
        List<Alarm> found = alarms.list(search, most + 1);
        List<Alarm> shown = found.size() > most ? found.subList(0, most) : found;
        Instant now = clock.instant();
        return new AlarmPage(
                shown.stream().map(alarm -> AlarmView.of(alarm, now)).toList(),
                found.size() > most ? Long.toString(shown.getLast().id()) : null);
    }

    private static Optional<Boolean> open(@Nullable String state) {
        return switch (state == null ? "" : state) {
            case "" -> Optional.empty();
            case "open" -> Optional.of(true);
            case "cleared" -> Optional.of(false);
            default -> throw new BadRequestException("state", "must be open or cleared");
        };
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}")
    @Operation(operationId = "getAlarm", summary = "One alarm, and what people said of it")
    AlarmView get(@PathVariable long id) {
        return AlarmView.withNotes(known(id), clock.instant(), alarms.notes(id));
    }

    @PostMapping("/{id}/assign")
    @Operation(operationId = "assignAlarm", summary = "Say who looks after an alarm")
    AlarmView assign(@PathVariable long id, @RequestBody AlarmMove body, Principal user) {
        String to = body.checkedTo();
        Alarm alarm = recorded(id, user, "assign alarm", to.isEmpty() ? "to nobody" : "to " + to);
        return moved(alarm, alarms.assign(id, to, clock.instant(), user.getName()));
    }

    @PostMapping("/{id}/mute")
    @Operation(operationId = "muteAlarm", summary = "Hear nothing of it for a time; it may end and come again unheard")
    AlarmView mute(@PathVariable long id, @RequestBody AlarmMove body, Principal user) {
        Optional<Duration> span = body.checkedMinutes();
        Alarm alarm =
                recorded(id, user, "mute alarm", span.map(Duration::toMinutes).orElse(0L) + " minutes");
        Instant now = clock.instant();
        return moved(alarm, alarms.mute(id, span.map(now::plus), now, user.getName()));
    }

    @PostMapping("/{id}/clear")
    @Operation(
            operationId = "clearAlarm",
            summary = "It is over; it comes again when its condition has ended and begins anew")
    AlarmView clear(@PathVariable long id, Principal user) {
        Alarm alarm = recorded(id, user, "clear alarm", "");
        return moved(alarm, alarms.clear(id, clock.instant(), user.getName()));
    }

    @PostMapping("/{id}/note")
    @Operation(operationId = "noteAlarm", summary = "Say something of an alarm, open or not")
    AlarmView note(@PathVariable long id, @RequestBody AlarmMove body, Principal user) {
        String text = body.checkedText();
        recorded(id, user, "note on alarm", text);
        if (!alarms.note(id, new AlarmStore.Note(clock.instant(), user.getName(), text))) {
            throw new ApiException(409, "Too many notes", "This alarm has as many notes as it may have.");
        }
        return get(id);
    }

    private AlarmView moved(Alarm alarm, boolean open) {
        if (!open) {
            throw new ApiException(409, "Cleared", "The alarm " + alarm.id() + " is cleared already.");
        }
        return get(alarm.id());
    }

    private Alarm recorded(long id, Principal user, String action, String detail) {
        Alarm alarm = known(id);
        audit.record(
                user,
                action,
                alarm.device().map(EndpointId::toString).orElse(""),
                id + ", " + alarm.rule() + (detail.isEmpty() ? "" : ", " + detail));
        return alarm;
    }

    private Alarm known(long id) {
        return alarms.find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown alarm", "There is no alarm " + id + "."));
    }
}
