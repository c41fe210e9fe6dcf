// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.SearchExpression.Condition;
import dev.pharos.usp.path.SearchExpression.Operator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Predicate;

/// The comparison of a Search Expression's condition, bound to the type of its parameter (R-ARC.9): constants
/// must be written as the type demands, and not every operator fits every type.
final class Comparison implements Predicate<String> {
    private static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    private final ParameterType type;
    private final boolean reference;
    private final Operator operator;
    private final String constant;

    /// @throws UspException 7008 where operator or constant do not fit the type
    Comparison(ParameterDefinition parameter, Condition condition) {
        this.type = parameter.type();
        this.reference = parameter.reference().isPresent();
        this.operator = condition.operator();
        if ((operator == Operator.CONTAINS) != type.list() && !(type.list() && isEquality())) {
            throw wrong(condition, type.list() ? "a list is compared with ~=, == or !=" : "~= is for lists only");
        }
        if (!isEquality() && operator != Operator.CONTAINS && !isOrdered(type.base())) {
            throw wrong(condition, "the type has no order, only == and != fit");
        }
        boolean wholeList = type.list() && isEquality();
        checkQuotes(condition, wholeList);
        ParameterType compared = new ParameterType(type.base(), wholeList, type.facets(), "");
        try {
            this.constant = ValueSyntax.canonicalOfBase(compared, condition.constant());
        } catch (UspException notOfType) {
            throw wrong(condition, notOfType.fault().errMsg());
        }
        if (!isEquality() && constant.equals(UNKNOWN_TIME) && type.base() == PrimitiveType.DATE_TIME) {
            throw wrong(condition, "the Unknown Time has no order, only == and != fit");
        }
    }

    private boolean isEquality() {
        return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    }

    private void checkQuotes(Condition condition, boolean wholeList) {
        boolean fits = switch (type.base()) {
            case STRING, BASE64, HEX_BINARY -> condition.quoted();
            // the grammar asks for quotes, its examples do without
            case DATE_TIME -> true;
            case BOOLEAN, INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL -> wholeList || !condition.quoted();
        };
        if (!fits) {
            throw wrong(condition, condition.quoted() ? "the constant has no quotes" : "the constant needs quotes");
        }
    }

    private static UspException wrong(Condition condition, String why) {
        return new UspException(StandardErrorCode.INVALID_PATH_SYNTAX, condition + ": " + why);
    }

    private static boolean isOrdered(PrimitiveType base) {
        return switch (base) {
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL, DATE_TIME -> true;
            case STRING, BOOLEAN, BASE64, HEX_BINARY -> false;
        };
    }

    /// Whether a parameter with this value meets the condition.
    @Override
    public boolean test(String value) {
        if (operator == Operator.CONTAINS) {
            return ValueSyntax.items(value).stream().anyMatch(this::isEqual);
        }
        return switch (operator) {
            case EQUAL -> isEqual(value);
            case NOT_EQUAL -> !isEqual(value);
            case LESS -> isOrderable(value) && compare(value) < 0;
            case GREATER -> isOrderable(value) && compare(value) > 0;
            case LESS_OR_EQUAL -> isOrderable(value) && compare(value) <= 0;
            case GREATER_OR_EQUAL -> isOrderable(value) && compare(value) >= 0;
            case CONTAINS -> false;
        };
    }

    private boolean isEqual(String value) {
        if (reference) {
            return withoutDot(value).equals(withoutDot(constant));
        }
        if (value.equals(constant)) {
            return true;
        }
        try {
            return switch (type.base()) {
                // live values may come in another form than the canonical one
                case BOOLEAN, BASE64, HEX_BINARY ->
                    ValueSyntax.canonicalOfBase(ParameterType.of(type.base()), value)
                            .equals(constant);
                case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL, DATE_TIME ->
                    isOrderable(value) && isOrderable(constant) && compare(value) == 0;
                case STRING -> false;
            };
        } catch (UspException notOfType) {
            return false;
        }
    }

    private static String withoutDot(String path) {
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }

    private boolean isOrderable(String value) {
        if (value.isEmpty() || value.equals(UNKNOWN_TIME)) {
            return false;
        }
        try {
            ValueSyntax.canonicalOfBase(ParameterType.of(type.base()), value);
            return !type.list();
        } catch (UspException notOfType) {
            return false;
        }
    }

    private int compare(String value) {
        return type.base() == PrimitiveType.DATE_TIME
                ? instant(value).compareTo(instant(constant))
                : new BigDecimal(value).compareTo(new BigDecimal(constant));
    }

    /// Local time counts as UTC, since nothing says otherwise.
    private static Instant instant(String value) {
        String canonical = ValueSyntax.canonicalOfBase(ParameterType.of(PrimitiveType.DATE_TIME), value);
        return canonical.endsWith("Z")
                ? OffsetDateTime.parse(canonical).toInstant()
                : LocalDateTime.parse(canonical).toInstant(ZoneOffset.UTC);
    }
}
