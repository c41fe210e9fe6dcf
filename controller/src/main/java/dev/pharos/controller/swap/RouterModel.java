// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import dev.pharos.controller.store.SupportedModel;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the data model of a router says of what it may be told; of devices of TR-069 nothing is known but what they
/// have.
public final class RouterModel {
    private static final BigInteger INT = BigInteger.TWO.pow(31);
    private static final BigInteger LONG = BigInteger.TWO.pow(63);

    private final boolean known;
    private final Map<String, SupportedObject> objects = new HashMap<>();
    private final Map<String, SupportedParameter> parameters = new HashMap<>();

    /// @param model empty where it is not known
    public RouterModel(Optional<SupportedModel> model) {
        known = model.isPresent();
        model.ifPresent(whole -> whole.supportedObjects().forEach(object -> {
            objects.put(object.supportedObjPath(), object);
            object.supportedParams()
                    .forEach(parameter -> parameters.put(object.supportedObjPath() + parameter.paramName(), parameter));
        }));
    }

    boolean known() {
        return known;
    }

    boolean hasParameter(String path) {
        return parameters.containsKey(SupportedDataModel.supportedPath(path));
    }

    /// @param table with its dot; where nothing is known, a table may be there
    boolean hasTable(String table) {
        return !known || objects.containsKey(SupportedDataModel.supportedPath(table + "1."));
    }

    /// Why a parameter cannot be given a value, as a sentence; empty where nothing speaks against it.
    Optional<String> hinders(String path, String value) {
        SupportedParameter parameter = parameters.get(SupportedDataModel.supportedPath(path));
        if (parameter == null) {
            return Optional.empty();
        }
        if (parameter.access() == ParameterAccess.READ_ONLY) {
            return Optional.of("the new router does not let it be changed");
        }
        return fits(parameter.valueType(), value)
                ? Optional.empty()
                : Optional.of("the new router takes " + words(parameter.valueType()) + " here");
    }

    /// The same of new rows.
    Optional<String> hindersRows(String table) {
        SupportedObject object = objects.get(SupportedDataModel.supportedPath(table + "1."));
        return object == null || object.access() == ObjectAccess.ADD_DELETE || object.access() == ObjectAccess.ADD_ONLY
                ? Optional.empty()
                : Optional.of("the new router does not let rows be added");
    }

    private static boolean fits(ParameterValueType type, String value) {
        return switch (type) {
            case BOOLEAN -> value.toLowerCase(Locale.ROOT).matches("true|false|0|1");
            case INT -> within(value, INT.negate(), INT);
            case LONG -> within(value, LONG.negate(), LONG);
            case UNSIGNED_INT -> within(value, BigInteger.ZERO, INT.shiftLeft(1));
            case UNSIGNED_LONG -> within(value, BigInteger.ZERO, LONG.shiftLeft(1));
            case UNKNOWN, BASE_64, DATE_TIME, DECIMAL, HEX_BINARY, STRING -> true;
        };
    }

    /// @param end the first that is too large
    private static boolean within(String value, BigInteger least, BigInteger end) {
        if (!value.matches("[+-]?[0-9]{1,20}")) {
            return false;
        }
        BigInteger number = new BigInteger(value);
        return number.compareTo(least) >= 0 && number.compareTo(end) < 0;
    }

    private static String words(ParameterValueType type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case UNSIGNED_INT, UNSIGNED_LONG -> "a number that is not negative";
            case INT, LONG -> "a whole number";
            case UNKNOWN, BASE_64, DATE_TIME, DECIMAL, HEX_BINARY, STRING -> "text";
        };
    }
}
