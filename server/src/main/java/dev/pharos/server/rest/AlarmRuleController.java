// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.query.Condition;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.AlarmRuleBody;
import dev.pharos.server.rest.json.AlarmRulePreview;
import dev.pharos.server.rest.json.AlarmRuleView;
import dev.pharos.server.rest.json.AlarmRules;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.AlarmRuleStore;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import dev.pharos.server.store.AlarmStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What people want to be alarmed about. See docs/alarms.md.
@RestController
@RequestMapping("/api/v1/alarm-rules")
@Tag(name = "alarms")
@Needs(Right.FLEET)
public final class AlarmRuleController {
    private final AlarmRuleStore rules;
    private final AlarmStore alarms;
    private final DeviceQueries queries;
    private final Audit audit;
    private final Clock clock;

    public AlarmRuleController(
            AlarmRuleStore rules, AlarmStore alarms, DeviceQueries queries, Audit audit, Clock clock) {
        this.rules = rules;
        this.alarms = alarms;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping
    @Operation(operationId = "listAlarmRules", summary = "All rules, and how many of their alarms are open")
    AlarmRules list() {
        return new AlarmRules(rules.all().stream().map(this::view).toList());
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping("/{name}")
    @Operation(operationId = "getAlarmRule", summary = "One rule")
    AlarmRuleView get(@PathVariable String name) {
        return view(known(name));
    }

    @PutMapping("/{name}")
    @Operation(operationId = "saveAlarmRule", summary = "Make a rule, or another of one that is there")
    AlarmRuleView put(@PathVariable String name, @RequestBody AlarmRuleBody body, Principal user) {
        AlarmRule rule = body.checked(name);
        Condition _ = devices(rule);
        Optional<Condition> _ = holds(rule);
        audit.record(user, "save alarm rule", "", name + ": " + rule.severity().text() + ", " + rule.sentence());
        if (!rules.put(rule, clock.instant(), user.getName())) {
            throw new ApiException(409, "Too many rules", "There are as many rules as may be; delete one first.");
        }
        return get(name);
    }

    private Condition devices(AlarmRule rule) {
        return rule.devices().isBlank() ? new Condition.All(List.of()) : queries.read("query", rule.devices());
    }

    private Optional<Condition> holds(AlarmRule rule) {
        return rule.condition() instanceof AlarmCondition.Holds holds
                ? Optional.of(queries.read("when", holds.query()))
                : Optional.empty();
    }

    @Heavy
    @PostMapping("/preview")
    @Operation(operationId = "previewAlarmRule", summary = "Whom a rule would concern now; does nothing")
    AlarmRulePreview preview(@RequestBody AlarmRuleBody body) {
        AlarmRule rule = body.checked("preview");
        return AlarmRulePreview.of(rule, alarms.concerned(rule, devices(rule), holds(rule), clock.instant()));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAlarmRule", summary = "Forget a rule; its open alarms are cleared")
    void delete(@PathVariable String name, Principal user) {
        known(name);
        audit.record(user, "delete alarm rule", "", name);
        rules.remove(name, clock.instant(), user.getName());
    }

    private AlarmRuleView view(StoredRule rule) {
        return AlarmRuleView.of(rule, alarms.open(rule.id()));
    }

    private StoredRule known(String name) {
        return rules.find(name)
                .orElseThrow(() -> new ApiException(404, "Unknown rule", "There is no rule " + name + "."));
    }
}
