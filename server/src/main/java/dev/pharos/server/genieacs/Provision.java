// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mozilla.javascript.Node;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.ArrayLiteral;
import org.mozilla.javascript.ast.Assignment;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.ElementGet;
import org.mozilla.javascript.ast.EmptyStatement;
import org.mozilla.javascript.ast.ExpressionStatement;
import org.mozilla.javascript.ast.FunctionCall;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.KeywordLiteral;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.NewExpression;
import org.mozilla.javascript.ast.NumberLiteral;
import org.mozilla.javascript.ast.ObjectLiteral;
import org.mozilla.javascript.ast.ObjectProperty;
import org.mozilla.javascript.ast.ParenthesizedExpression;
import org.mozilla.javascript.ast.PropertyGet;
import org.mozilla.javascript.ast.ReturnStatement;
import org.mozilla.javascript.ast.StringLiteral;
import org.mozilla.javascript.ast.TemplateCharacters;
import org.mozilla.javascript.ast.TemplateLiteral;
import org.mozilla.javascript.ast.UnaryExpression;
import org.mozilla.javascript.ast.VariableDeclaration;
import org.mozilla.javascript.ast.VariableInitializer;

/// The script of a provision, statement by statement: what it declares of every device alike is wanted, and of each
/// other statement is said why it is not. What depends on a condition or comes in a loop is not taken over.
final class Provision {
    private static final Set<String> HARMLESS = Set.of("log", "commit", "clear");
    private static final Set<String> DONE_ONCE = Set.of("Reboot", "FactoryReset");
    private static final Said NOTHING = new Said.Nothing();

    private final String name;
    private final List<Said> arguments;
    private final Wishes wishes;
    private final Map<String, Said> variables = new HashMap<>();

    private Provision(String name, List<Said> arguments, Wishes wishes) {
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.wishes = wishes;
    }

    static void read(String name, String script, List<Said> arguments, Wishes wishes) {
        try {
            new Provision(name, arguments, wishes).all(ScriptText.read(script));
        } catch (UntranslatableException wrong) {
            wishes.leave("provision " + name, wrong.reason());
        } catch (StackOverflowError deep) {
            // expressions are followed as deep as they are written
            wishes.leave("provision " + name, "the script is nested too deep");
        }
    }

    private void all(AstNode body) {
        for (Node child : body) {
            if (child instanceof ReturnStatement) {
                return;
            }
            if (child instanceof AstNode statement) {
                statement(statement);
            }
        }
    }

    private void statement(AstNode statement) {
        switch (statement) {
            case EmptyStatement _ -> {}
            case ExpressionStatement expression
            when expression.getExpression() instanceof Assignment given -> assign(given);
            case ExpressionStatement expression -> {
                if (said(expression.getExpression()) instanceof Said.Unknown(String why)) {
                    leave(statement, why);
                }
            }
            case VariableDeclaration declaration -> declaration.getVariables().forEach(this::initialize);
            default -> {
                new Assigned(variables).of(statement);
                leave(
                        statement,
                        "what depends on a condition, comes in a loop or is a function is not taken over: "
                                + UntranslatableException.quoted(statement.toSource()));
            }
        }
    }

    private void leave(AstNode node, String why) {
        wishes.leave("provision " + name + ", line " + node.getLineno(), why);
    }

    private void assign(Assignment given) {
        boolean plain = given.getOperator() == Token.ASSIGN;
        if (given.getLeft() instanceof Name variable) {
            variables.put(
                    variable.getIdentifier(),
                    plain ? said(given.getRight()) : new Said.Unknown(variable.getIdentifier() + " is computed"));
        } else {
            leave(given, "only variables are followed: " + UntranslatableException.quoted(given.toSource()));
        }
    }

    private void initialize(VariableInitializer initializer) {
        AstNode value = initializer.getInitializer();
        if (initializer.getTarget() instanceof Name variable) {
            variables.put(variable.getIdentifier(), value == null ? NOTHING : said(value));
        } else {
            leave(
                    initializer,
                    "only variables are followed: " + UntranslatableException.quoted(initializer.toSource()));
        }
    }

    private Said said(AstNode node) {
        return switch (node) {
            case StringLiteral text -> Said.Text.literal(text.getValue());
            case NumberLiteral number -> new Said.Text(number(number.getNumber()), true);
            case ParenthesizedExpression inner -> said(inner.getExpression());
            case KeywordLiteral word -> keyword(word);
            case Name variable -> variable(variable.getIdentifier());
            case TemplateLiteral template -> template(template);
            case ArrayLiteral list ->
                new Said.Several(list.getElements().stream().map(this::said).toList());
            case NewExpression made when made.getTarget().toSource().equals("Date") -> new Said.Moment();
            case FunctionCall call -> call(call);
            case PropertyGet get -> property(get);
            case ElementGet get -> element(get);
            case InfixExpression infix -> infix(infix);
            case UnaryExpression unary
            when unary.getOperator() == Token.NEG && unary.getOperand() instanceof NumberLiteral number ->
                new Said.Text(number(-number.getNumber()), true);
            default -> computed(node);
        };
    }

    private static Said computed(AstNode node) {
        return new Said.Unknown("it is computed: " + UntranslatableException.quoted(node.toSource()));
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static Said keyword(KeywordLiteral word) {
        return switch (word.getType()) {
            case Token.TRUE -> new Said.Flag(true);
            case Token.FALSE -> new Said.Flag(false);
            case Token.NULL -> NOTHING;
            default -> computed(word);
        };
    }

    private Said variable(String name) {
        if (name.equals("undefined")) {
            return NOTHING;
        }
        if (name.equals("args")) {
            return new Said.Several(arguments);
        }
        Said known = variables.get(name);
        return known == null ? new Said.Unknown(name + " is not known") : known;
    }

    private Said template(TemplateLiteral template) {
        Said all = new Said.Text("", false);
        for (AstNode element : template.getElements()) {
            Said part = element instanceof TemplateCharacters characters
                    ? Said.Text.literal(characters.getValue())
                    : said(element);
            all = joined(all, part, template);
        }
        return all;
    }

    private static Said joined(Said first, Said second, AstNode node) {
        if (first instanceof Said.Text(String before, boolean _)
                && second instanceof Said.Text(String after, boolean _)) {
            return new Said.Text(before + after, false);
        }
        return first instanceof Said.Unknown ? first : second instanceof Said.Unknown ? second : computed(node);
    }

    private Said infix(InfixExpression infix) {
        Said left = said(infix.getLeft());
        Said right = said(infix.getRight());
        if (left instanceof Said.Moment || right instanceof Said.Moment) {
            return new Said.Moment();
        }
        boolean numbers = left instanceof Said.Text(String _, boolean one)
                && right instanceof Said.Text(String _, boolean other)
                && one
                && other;
        return infix.getOperator() == Token.ADD && !numbers ? joined(left, right, infix) : computed(infix);
    }

    private Said property(PropertyGet get) {
        Said of = said(get.getTarget());
        if (of instanceof Said.Declared(String path)) {
            return get.getProperty().getIdentifier().equals("value") ? new Said.DeclaredValue(path) : computed(get);
        }
        return of instanceof Said.Unknown ? of : computed(get);
    }

    private Said element(ElementGet get) {
        Said of = said(get.getTarget());
        Said index = said(get.getElement());
        if (!(index instanceof Said.Text(String text, boolean number)) || !number) {
            return computed(get);
        }
        if (of instanceof Said.DeclaredValue(String path) && text.equals("0")) {
            String place = Names.place(path);
            return place.isEmpty() ? of : new Said.Text(place, false);
        }
        if (of instanceof Said.Several(List<Said> items)) {
            int at = text.length() > 3 || text.startsWith("-") ? items.size() : Integer.parseInt(text);
            return at < items.size() ? items.get(at) : NOTHING;
        }
        return of instanceof Said.Unknown ? of : computed(get);
    }

    private Said call(FunctionCall call) {
        AstNode target = call.getTarget();
        String source = target.toSource();
        if (source.equals("Date.now") || source.equals("Date")) {
            return new Said.Moment();
        }
        if (target instanceof Name function) {
            if (function.getIdentifier().equals("declare")) {
                return declare(call);
            }
            if (HARMLESS.contains(function.getIdentifier())) {
                return NOTHING;
            }
        }
        if (target instanceof PropertyGet method && said(method.getTarget()) instanceof Said.Text text) {
            return changed(text, method.getProperty().getIdentifier(), call).orElseGet(() -> computed(call));
        }
        return computed(call);
    }

    /// A part of what each device fills, or in other letters.
    private Optional<Said> changed(Said.Text text, String method, FunctionCall call) {
        List<Said> with = call.getArguments().stream().map(this::said).toList();
        if (method.equals("toString") && with.isEmpty()) {
            return Optional.of(text);
        }
        if (!text.template().matches("\\{[^{}]+\\}")) {
            return Optional.empty();
        }
        String change = switch (method) {
            case "toLowerCase" -> "lower";
            case "toUpperCase" -> "upper";
            case "slice", "substr", "substring" -> cut(with, method);
            default -> "";
        };
        return change.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said.Text(text.template().replace("}", ":" + change + "}"), false));
    }

    private static String cut(List<Said> with, String method) {
        String first = with.isEmpty() ? "" : with.getFirst() instanceof Said.Text(String text, boolean _) ? text : "";
        String second = with.size() == 2 && with.getLast() instanceof Said.Text(String text, boolean _) ? text : "";
        if (with.size() == 1 && first.matches("-[1-9][0-9]?") && !method.equals("substring")) {
            return "last " + first.substring(1);
        }
        return with.size() == 2 && first.equals("0") && second.matches("[1-9][0-9]?") ? "first " + second : "";
    }

    private Said declare(FunctionCall call) {
        List<AstNode> given = call.getArguments();
        if (given.isEmpty() || !(said(given.getFirst()) instanceof Said.Text path) || !path.isLiteral()) {
            leave(call, "of which parameter is computed: " + UntranslatableException.quoted(call.toSource()));
            return NOTHING;
        }
        if (given.size() > 2 && given.get(2) instanceof ObjectLiteral values) {
            values.getElements().forEach(element -> declared(path.plain(), element, call));
        } else if (given.size() > 2 && !(said(given.get(2)) instanceof Said.Nothing)) {
            leave(call, "what it wants is computed: " + UntranslatableException.quoted(call.toSource()));
        } else {
            wishes.read();
        }
        return new Said.Declared(path.plain());
    }

    private void declared(String path, AstNode element, FunctionCall call) {
        String attribute = "";
        AstNode value = element;
        if (element instanceof ObjectProperty property) {
            attribute = property.getKey() instanceof StringLiteral text
                    ? text.getValue()
                    : property.getKey().toSource();
            value = property.getValue();
        }
        try {
            wish(path, attribute, said(value));
        } catch (UntranslatableException wrong) {
            leave(call, wrong.reason());
        }
    }

    private void wish(String path, String attribute, Said value) throws UntranslatableException {
        if (Conditions.isTag(path)) {
            throw new UntranslatableException("a profile gives no tags: " + path
                    + "; say the query where the tag is asked for, or give it by PATCH /api/v1/devices/{id}");
        }
        if (DONE_ONCE.contains(path)) {
            throw new UntranslatableException(path + " is done once: by a job, see docs/jobs.md");
        }
        if (path.startsWith("Downloads.")) {
            throw new UntranslatableException("an image is brought by a campaign, see docs/campaigns.md");
        }
        switch (attribute) {
            case "value" -> wishes.value(path, value);
            case "path" -> wishes.rows(path, value);
            default ->
                throw new UntranslatableException("a profile has values and rows, and no \"" + attribute + "\" of "
                        + UntranslatableException.quoted(path));
        }
    }
}
