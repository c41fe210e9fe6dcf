// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/// Reads the two arguments that nearly every method has, the device's id in the path and a number that may be absent
/// from the query, without the converters that Spring would make anew for each.
final class PlainArguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return isDevice(parameter) || isNumber(parameter);
    }

    private static boolean isDevice(MethodParameter parameter) {
        PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
        return variable != null && variable.value().isEmpty() && parameter.getParameterType() == EndpointId.class;
    }

    private static boolean isNumber(MethodParameter parameter) {
        RequestParam param = parameter.getParameterAnnotation(RequestParam.class);
        return param != null
                && param.value().isEmpty()
                && !param.required()
                && parameter.getParameterType() == Integer.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws MissingPathVariableException {
        HttpServletRequest request =
                Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class), "a servlet request");
        String name = Objects.requireNonNull(parameter.getParameterName(), "a parameter's name");
        return parameter.getParameterType() == EndpointId.class
                ? device(parameter, name, request)
                : number(parameter, name, request.getParameter(name));
    }

    private static EndpointId device(MethodParameter parameter, String name, HttpServletRequest request)
            throws MissingPathVariableException {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables)
                || !(variables.get(name) instanceof String text)) {
            throw new MissingPathVariableException(name, parameter);
        }
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw mismatch(parameter, name, text, new IllegalArgumentException(malformed.detail(), malformed));
        }
    }

    private static @Nullable Integer number(MethodParameter parameter, String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException none) {
            throw mismatch(parameter, name, text, none);
        }
    }

    private static MethodArgumentTypeMismatchException mismatch(
            MethodParameter parameter, String name, String text, RuntimeException why) {
        return new MethodArgumentTypeMismatchException(text, parameter.getParameterType(), name, parameter, why);
    }
}
