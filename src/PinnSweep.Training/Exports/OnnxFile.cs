using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>
/// A solution as an ONNX model from coordinates (n × dimension, problem units) to outputs (n × outputs): normalization, embeddings,
/// conditions kept by construction, windows of time and units are part of it. In the precision of the trial; the coordinates of a problem
/// with units of its own are double in any case, because their offset is subtracted first.
/// </summary>
public static class OnnxFile
{
    /// <summary>Name of the input.</summary>
    public const string Input = "coordinates";

    /// <summary>Name of the output.</summary>
    public const string Output = "outputs";

    /// <summary>The file's bytes.</summary>
    /// <exception cref="UserMistakeException">Something of the solution cannot be said in ONNX; the message says what.</exception>
    public static byte[] Write(TrainedSolution solution)
    {
        try
        {
            var builder = new OnnxBuilder(solution.Description.Levels.Precision);
            var (problem, parts) = (solution.Own, solution.Saved.Parts);
            var points = problem.Units is { } units ? InOwnUnits(builder, units) : Input;
            var value = "";
            for (var part = parts.Length - 1; part >= 0; part--)
            {
                var own = new OnnxNetwork(builder, solution.Networks[part], [.. parts[part].Theta]).Add(points);
                value = parts[part].Until is { } until
                    ? builder.Node("Where", builder.Node("LessOrEqual", builder.Column(points, problem.TimeAxis!.Value), builder.Number(until)), own, value)
                    : own;
            }

            value = problem.IsInAnsatz ? InAnsatz(builder, problem, points, value) : value;
            return builder.Model(
                (Input, problem.Dimension, problem.Units is not null),
                (problem.Units is null ? value : Physical(builder, problem.Units, value), Output, problem.Outputs.Length),
                Facts(solution));
        }
        catch (NotSupportedException unknown)
        {
            throw new UserMistakeException($"this network cannot be exported as ONNX: it has {unknown.Message}; `--format safetensors` and `--format json` take any", unknown);
        }
    }

    private static string InOwnUnits(OnnxBuilder builder, ProblemUnits units) => builder.FromDouble(builder.Node(
        "Div",
        builder.Node("Sub", Input, builder.DoubleRow([.. units.Coordinates.Select(unit => unit.Offset)])),
        builder.DoubleRow([.. units.Coordinates.Select(unit => unit.Size)])));

    private static string Physical(OnnxBuilder builder, ProblemUnits units, string value) => builder.Node(
        "Add",
        builder.Node("Mul", value, builder.Constant([.. units.Outputs.Select(unit => unit.Size)], 1, units.Outputs.Length)),
        builder.Constant([.. units.Outputs.Select(unit => unit.Offset)], 1, units.Outputs.Length));

    private static string InAnsatz(OnnxBuilder builder, Problem problem, string points, string network)
    {
        var expressions = new OnnxExpressions(builder, [.. problem.Axes.Select((_, i) => builder.Column(points, i))]);
        return builder.Concat([.. problem.Ansatz.Select((form, output) =>
            builder.Node("Add", expressions.Add(form.Lift), builder.Node("Mul", expressions.Add(form.Multiplier), builder.Column(network, output))))]);
    }

    private static IEnumerable<(string Key, string Value)> Facts(TrainedSolution solution) =>
        NetworkFacts.Of(solution).Select(fact => (fact.Key, fact.Value));
}
