// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/// Finds the method that answers a request. Most paths here hold a device's id, for which Spring tries every pattern
/// there is; the length of the path and its last segment rule most of them out before.
final class QuickMapping extends RequestMappingHandlerMapping {
    private final ConcurrentHashMap<RequestMappingInfo, Shape> shapes = new ConcurrentHashMap<>();

    /// What every path has that one pattern matches.
    ///
    /// @param elements how many segments and slashes, 0 for any number
    /// @param last the last segment, decoded; empty for any
    private record Shape(int elements, String last) {
        static final Shape ANY = new Shape(0, "");

        static Shape of(RequestMappingInfo info) {
            PathPatternsRequestCondition condition = info.getPathPatternsCondition();
            Set<String> patterns = condition == null ? Set.of() : condition.getPatternValues();
            String pattern = patterns.size() == 1 ? patterns.iterator().next() : "";
            // a pattern with either may match paths of any length
            if (pattern.isEmpty() || pattern.contains("*") || pattern.contains(":")) {
                return ANY;
            }
            String last = pattern.substring(pattern.lastIndexOf('/') + 1);
            int elements = PathContainer.parsePath(pattern).elements().size();
            return new Shape(elements, last.contains("{") ? "" : last);
        }

        boolean admits(List<PathContainer.Element> path) {
            return (elements == 0 || elements == path.size())
                    && (last.isEmpty()
                            || (path.getLast() instanceof PathSegment segment
                                    && segment.valueToMatch().equals(last)));
        }
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
        List<PathContainer.Element> path = ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .elements();
        return shapes.computeIfAbsent(info, Shape::of).admits(path) ? super.getMatchingMapping(info, request) : null;
    }
}
