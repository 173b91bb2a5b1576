using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>
/// A solution as an ONNX model from coordinates (n × dimension, problem units) to outputs (n × outputs): normalization, embeddings,
/// conditions kept by construction and windows of time are part of it. In the precision of the trial.
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
            var (problem, parts) = (solution.Problem, solution.Saved.Parts);
            var value = "";
            for (var part = parts.Length - 1; part >= 0; part--)
            {
                var own = new OnnxNetwork(builder, solution.Networks[part], [.. parts[part].Theta]).Add(Input);
                value = parts[part].Until is { } until
                    ? builder.Node("Where", builder.Node("LessOrEqual", builder.Column(Input, problem.TimeAxis!.Value), builder.Number(until)), own, value)
                    : own;
            }

            return builder.Model(
                (Input, problem.Dimension),
                (problem.IsInAnsatz ? InAnsatz(builder, problem, value) : value, Output, problem.Outputs.Length),
                Facts(solution));
        }
        catch (NotSupportedException unknown)
        {
            throw new UserMistakeException($"this network cannot be exported as ONNX: it has {unknown.Message}; `--format safetensors` and `--format json` take any", unknown);
        }
    }

    private static string InAnsatz(OnnxBuilder builder, Problem problem, string network)
    {
        var expressions = new OnnxExpressions(builder, [.. problem.Axes.Select((_, i) => builder.Column(Input, i))]);
        return builder.Concat([.. problem.Ansatz.Select((form, output) =>
            builder.Node("Add", expressions.Add(form.Lift), builder.Node("Mul", expressions.Add(form.Multiplier), builder.Column(network, output))))]);
    }

    private static IEnumerable<(string Key, string Value)> Facts(TrainedSolution solution) =>
        NetworkFacts.Of(solution).Select(fact => (fact.Key, fact.Value));
}
