// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes the records of the REST interface as JSON. The interface speaks nothing else, so nothing is
/// negotiated, which would take longer than the JSON does; an answer is sent with its length, as one piece.
final class JsonExchange implements HandlerMethodArgumentResolver, HandlerMethodReturnValueHandler, BeanPostProcessor {
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    private final Supplier<JsonMapper> mapper;

    /// A reader and a writer for each record know beforehand what a mapper looks up at each use.
    private final ConcurrentHashMap<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

    /// @param mapper asked for at the first request, since it is made later than what takes part in the making of beans
    JsonExchange(Supplier<JsonMapper> mapper) {
        this.mapper = SingletonSupplier.of(mapper);
    }

    /// Comes before what Spring has for the same.
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RequestMappingHandlerAdapter adapter) {
            List<HandlerMethodArgumentResolver> readers = new ArrayList<>(List.of(this, new PlainArguments()));
            List<HandlerMethodArgumentResolver> otherReaders = adapter.getArgumentResolvers();
            readers.addAll(otherReaders == null ? List.of() : otherReaders);
            adapter.setArgumentResolvers(readers);
            List<HandlerMethodReturnValueHandler> writers = new ArrayList<>(List.of(this));
            List<HandlerMethodReturnValueHandler> otherWriters = adapter.getReturnValueHandlers();
            writers.addAll(otherWriters == null ? List.of() : otherWriters);
            adapter.setReturnValueHandlers(writers);
        }
        return bean;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class)
                && parameter.getParameterType().isRecord();
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws IOException, HttpMediaTypeNotSupportedException {
        HttpServletRequest request =
                Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class), "a servlet request");
        requireJson(request.getContentType());
        byte[] body = request.getInputStream().readAllBytes();
        if (body.length == 0) {
            throw new HttpMessageNotReadableException(
                    "a request body is missing", new ServletServerHttpRequest(request));
        }
        try {
            return readers.computeIfAbsent(
                            parameter.getParameterType(), type -> mapper.get().readerFor(type))
                    .readValue(body);
        } catch (InvalidDefinitionException ours) {
            throw new HttpMessageConversionException("the type cannot be read", ours);
        } catch (JacksonException wrong) {
            throw new HttpMessageNotReadableException(
                    "the JSON cannot be read", wrong, new ServletServerHttpRequest(request));
        }
    }

    private static void requireJson(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
        if (JSON.equals(contentType)) {
            return;
        }
        List<MediaType> allowed = List.of(MediaType.APPLICATION_JSON);
        if (contentType == null) {
            throw new HttpMediaTypeNotSupportedException("a Content-Type is missing", allowed);
        }
        try {
            MediaType type = MediaType.asMediaType(MimeType.valueOf(contentType));
            boolean json = type.getSubtype().equals("json") || "json".equals(type.getSubtypeSuffix());
            if (!json || !type.getType().equals("application")) {
                throw new HttpMediaTypeNotSupportedException(type, allowed);
            }
        } catch (InvalidMimeTypeException none) {
            throw new HttpMediaTypeNotSupportedException(String.valueOf(none.getMessage()), allowed);
        }
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return type.getParameterType().isRecord();
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest web)
            throws IOException {
        container.setRequestHandled(true);
        HttpServletResponse response = Objects.requireNonNull(
                web.getNativeResponse(HttpServletResponse.class), "an answer to a servlet request");
        byte[] json = writers.computeIfAbsent(
                        type.getParameterType(), record -> mapper.get().writerFor(record))
                .writeValueAsBytes(value);
        response.setContentType(JSON);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
