using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>
/// A solution as JSON that a person can read and a program can follow: coordinates, outputs, and the nodes of the network in their order,
/// each with its kind, the nodes that it reads and its numbers.
/// </summary>
public static class NetworkJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text.</summary>
    /// <exception cref="UserMistakeException">A condition that is kept by construction is no formula.</exception>
    public static string Write(TrainedSolution solution)
    {
        var problem = solution.Problem;
        var json = new JsonObject
        {
            ["format"] = "pinnsweep-network",
            // Version 2: the network is between own units, which a reader of version 1 would not know.
            ["version"] = solution.Own.Units is null ? 1 : 2,
            ["trial"] = solution.Description.Key().Hex,
            ["coordinates"] = new JsonArray([.. problem.Axes.Select(axis => (JsonNode)new JsonObject { ["name"] = axis.Name, ["lower"] = axis.Lower, ["upper"] = axis.Upper, ["periodic"] = axis.Periodic })]),
            ["outputs"] = new JsonArray([.. problem.Outputs.Select(name => (JsonNode)name)]),
            ["coefficients"] = new JsonObject(solution.Saved.Coefficients.Select(found => KeyValuePair.Create(found.Key, (JsonNode?)found.Value))),
            ["ansatz"] = solution.Own.IsInAnsatz ? Ansatz(solution.Own) : null,
            ["parts"] = Parts(solution, withNumbers: true),
            ["description"] = JsonNode.Parse(solution.Saved.Description),
        };
        if (solution.Own.Units is { } units)
        {
            json["units"] = Units(units);
        }

        return json.ToJsonString(Indented);
    }

    /// <summary>Own units: the network and its ansatz take (x − offset) / size, and what they give is offset + size · value.</summary>
    internal static JsonObject Units(ProblemUnits units) => new()
    {
        ["coordinates"] = new JsonArray([.. units.Coordinates.Select(unit => (JsonNode)new JsonObject { ["offset"] = unit.Offset, ["size"] = unit.Size })]),
        ["outputs"] = new JsonArray([.. units.Outputs.Select(unit => (JsonNode)new JsonObject { ["offset"] = unit.Offset, ["size"] = unit.Size })]),
    };

    /// <summary>The networks of a solution.</summary>
    /// <param name="solution">Has them.</param>
    /// <param name="withNumbers">Whether numbers stand there too; without them offsets into θ do.</param>
    internal static JsonArray Parts(TrainedSolution solution, bool withNumbers)
    {
        var isSingle = solution.Description.Levels.Precision == Precision.Float32;
        return new([.. solution.Networks.Select((network, part) => (JsonNode)new JsonObject
        {
            ["until"] = solution.Saved.Parts[part].Until,
            ["nodes"] = new JsonArray([.. network.Nodes.Select(node => (JsonNode)NodeJson(node, network, withNumbers ? [.. solution.Saved.Parts[part].Theta] : null, isSingle))]),
        })]);
    }

    private static JsonArray Ansatz(Problem problem) => new([.. problem.Ansatz.Select((form, output) => (JsonNode)new JsonObject
    {
        ["output"] = problem.Outputs[output],
        ["lift"] = FormulaText.Of(form.Lift, problem),
        ["multiplier"] = FormulaText.Of(form.Multiplier, problem),
    })]);

    private static JsonObject NodeJson(Node node, NetworkGraph network, double[]? theta, bool isSingle)
    {
        // A name for what a node reads or has: a number as it is, parameters by their place in θ, or the numbers that stand there.
        JsonNode? Numbers(ReadOnlySpan<double> values) => new JsonArray([.. values.ToArray().Select(value => isSingle ? JsonValue.Create((float)value) : (JsonNode)value)]);
        JsonNode? Parameters(int offset, int length) => offset < 0 ? null : theta is null ? offset : Numbers(theta.AsSpan(offset, length));
        var json = new JsonObject { ["kind"] = node.GetType().Name.ToLowerInvariant(), ["width"] = node.Width };
        switch (node)
        {
            case Node.Input input:
                (json["scale"], json["shift"]) = (Numbers(input.Scale.AsSpan()), Numbers(input.Shift.AsSpan()));
                break;
            case Node.Dense dense:
                json["reads"] = new JsonArray(dense.Source);
                json["weight"] = Parameters(dense.WeightOffset, dense.Width * network.Nodes[dense.Source].Width);
                json["bias"] = Parameters(dense.BiasOffset, dense.Width);
                json["logScale"] = Parameters(dense.ScaleOffset, dense.Width);
                break;
            case Node.FixedLinear linear:
                json["reads"] = new JsonArray(linear.Source);
                json["weight"] = theta is null ? null : Numbers(linear.Matrix.AsSpan());
                break;
            case Node.Activation activation:
                json["reads"] = new JsonArray(activation.Source);
                (json["function"], json["factor"]) = (activation.Kind.ToString().ToLowerInvariant(), activation.Factor);
                json["slope"] = Parameters(activation.SlopeOffset, activation.SlopeCount);
                break;
            case Node.Blend blend:
                json["reads"] = new JsonArray(blend.F, blend.H);
                json["alpha"] = Parameters(blend.AlphaOffset, 1);
                break;
            case Node.CosSin embedding:
                json["reads"] = new JsonArray(embedding.Source);
                break;
            case Node.Gate gate:
                json["reads"] = new JsonArray(gate.G, gate.U, gate.V);
                break;
            case Node.Add add:
                json["reads"] = new JsonArray(add.A, add.B);
                break;
            case Node.Multiply multiply:
                json["reads"] = new JsonArray(multiply.A, multiply.B);
                break;
            case Node.Concat concat:
                json["reads"] = new JsonArray(concat.A, concat.B);
                break;
            default:
                throw new UserMistakeException($"this network cannot be exported: it has a network node of kind {node.GetType().Name}");
        }

        return json;
    }
}
