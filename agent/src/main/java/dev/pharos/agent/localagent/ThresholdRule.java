// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Which parameters a row of `Device.LocalAgent.Threshold.` is about, and when they pass its value.
///
/// @param owner the path of the row of the controller that made it
/// @param once whether it disables itself afterwards
record ThresholdRule(String row, String owner, PathName parameter, String operator, String value, boolean once) {
    private static final int LONGEST_NUMBER = 64;

    static final List<String> OPERATORS = List.of("Rise", "Fall", "Cross", "Eq", "NotEq");

    /// Empty where nothing is referred to yet.
    static Optional<ThresholdRule> of(ObjectInstance row) {
        String reference = text(row, "ReferencePath");
        String parameter = text(row, "ThresholdParam");
        if (reference.isEmpty() || parameter.isEmpty()) {
            return Optional.empty();
        }
        PathName path = PathName.require(reference + (reference.endsWith(".") ? "" : ".") + parameter);
        return Optional.of(new ThresholdRule(
                row.path(),
                OwnedRows.owner(row),
                path,
                text(row, "ThresholdOperator"),
                text(row, "ThresholdValue"),
                text(row, "OperatingMode").equals("Single")));
    }

    private static String text(ObjectInstance row, String parameter) {
        return row.value(parameter).orElse("");
    }

    /// @throws UspException 7012 where the row makes no sense
    static void check(ObjectInstance row) {
        if (!OPERATORS.contains(text(row, "ThresholdOperator"))) {
            throw wrong("ThresholdOperator is none of " + OPERATORS);
        }
        try {
            of(row).ifPresent(rule -> {
                if (rule.parameter().leafKind() != PathName.LeafKind.PARAMETER) {
                    throw wrong("ReferencePath and ThresholdParam name no parameter: " + rule.parameter());
                }
                if (rule.compares() && number(rule.value()).isEmpty()) {
                    throw wrong("ThresholdValue is no number");
                }
            });
        } catch (UspException malformed) {
            throw wrong(malformed.fault().errMsg());
        }
    }

    /// Whether a change may be one of these parameters, or bring or take one.
    boolean concerns(Change change) {
        return switch (change) {
            case Change.ValueChanged changed -> changed.path().endsWith("." + parameter.leaf());
            case Change.RowAdded _, Change.RowDeleted _ -> true;
        };
    }

    /// Whether the threshold lies between two values.
    boolean isPassed(String before, String after) {
        return switch (operator) {
            case "Rise" -> rises(before, after);
            case "Fall" -> falls(before, after);
            case "Cross" -> rises(before, after) || falls(before, after);
            case "Eq" -> !isEqual(before) && isEqual(after);
            case "NotEq" -> isEqual(before) && !isEqual(after);
            default -> false;
        };
    }

    private boolean compares() {
        return !operator.equals("Eq") && !operator.equals("NotEq");
    }

    private boolean rises(String before, String after) {
        return compare(before) < 0 && compare(after) >= 0;
    }

    private boolean falls(String before, String after) {
        return compare(before) > 0 && compare(after) <= 0;
    }

    private boolean isEqual(String other) {
        return (number(other).isPresent() && number(value).isPresent()) ? compare(other) == 0 : other.equals(value);
    }

    /// Zero for what is no number, which passes nothing.
    private int compare(String other) {
        return number(other).flatMap(left -> number(value).map(left::compareTo)).orElse(0);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, why);
    }
}
