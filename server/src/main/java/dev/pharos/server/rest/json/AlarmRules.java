// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All rules for alarms, by name.
public record AlarmRules(List<AlarmRuleView> items) {}
