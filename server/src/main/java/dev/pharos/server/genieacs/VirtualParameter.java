// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.Assignment;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.FunctionCall;
import org.mozilla.javascript.ast.FunctionNode;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.NewExpression;
import org.mozilla.javascript.ast.NodeVisitor;
import org.mozilla.javascript.ast.PropertyGet;
import org.mozilla.javascript.ast.RegExpLiteral;
import org.mozilla.javascript.ast.StringLiteral;
import org.mozilla.javascript.ast.TemplateLiteral;
import org.mozilla.javascript.ast.VariableInitializer;

/// The script of a virtual parameter. It is a name where it does nothing but give one of several parameters, the first
/// that a device has, and pass on what is written; what reckons, cuts or composes is none.
final class VirtualParameter implements NodeVisitor {
    private static final Set<Integer> ASKING = Set.of(
            Token.AND, Token.OR, Token.EQ, Token.NE, Token.SHEQ, Token.SHNE, Token.GT, Token.GE, Token.LT, Token.LE);
    private static final Set<String> CALLED = Set.of("declare", "Date.now", "log", "clear", "commit");

    private static final Set<String> ROOTS = Set.of("Device", "InternetGatewayDevice");

    private final Set<String> paths = new LinkedHashSet<>();
    private @Nullable String wrong;

    private VirtualParameter() {}

    /// @param name of the parameter in GenieACS, without what it begins with
    /// @throws UntranslatableException where it is no name
    static NameRule read(String name, String script) throws UntranslatableException {
        VirtualParameter parameter = new VirtualParameter();
        try {
            ScriptText.read(script).visit(parameter);
        } catch (StackOverflowError deep) {
            // statements are followed as deep as they are written
            throw new UntranslatableException("the script is nested too deep");
        }
        if (parameter.wrong != null) {
            throw new UntranslatableException(parameter.wrong);
        }
        NamePattern shown = NamePattern.of(Names.shared(name))
                .orElseThrow(() -> new UntranslatableException(name + " is no name of a parameter"));
        List<NamePattern> from = new ArrayList<>();
        for (String path : parameter.paths) {
            from.add(NamePattern.of(path)
                    .filter(source -> ROOTS.contains(source.parts().getFirst()))
                    .orElseThrow(() -> new UntranslatableException(
                            UntranslatableException.quoted(path) + " is no path that a name can be of")));
        }
        var objection = NameRule.objection(shown, from, Map.of(), "");
        if (objection.isPresent()) {
            throw new UntranslatableException(objection.get());
        }
        return new NameRule(shown, from, Map.of(), "");
    }

    @Override
    public boolean visit(AstNode node) {
        if (wrong != null) {
            return false;
        }
        switch (node) {
            case NewExpression made when !made.getTarget().toSource().equals("Date") -> reckons(node);
            case NewExpression _ -> {}
            case FunctionCall call -> call(call);
            case Assignment given when given.getOperator() != Token.ASSIGN -> reckons(node);
            case Assignment given -> words(given.getRight());
            case VariableInitializer initializer
            when initializer.getInitializer() != null -> words(initializer.getInitializer());
            case PropertyGet _ -> {}
            case InfixExpression infix when !ASKING.contains(infix.getOperator()) -> reckons(node);
            case TemplateLiteral _, RegExpLiteral _, FunctionNode _ -> reckons(node);
            default -> {}
        }
        return wrong == null;
    }

    private void call(FunctionCall call) {
        String target = call.getTarget().toSource();
        if (!CALLED.contains(target)) {
            reckons(call);
        } else if (target.equals("declare")) {
            if (call.getArguments().isEmpty() || !(call.getArguments().getFirst() instanceof StringLiteral path)) {
                reckons(call);
            } else {
                paths.add(path.getValue());
            }
        }
    }

    /// Something that it says by itself.
    private void words(AstNode value) {
        if (value instanceof StringLiteral text && !text.getValue().isEmpty()) {
            wrong = "line " + value.getLineno() + " says words of its own: " + text.getValue();
        }
    }

    private void reckons(AstNode node) {
        wrong = "line " + node.getLineno() + " does more than give a parameter: "
                + UntranslatableException.quoted(node.toSource());
    }
}
