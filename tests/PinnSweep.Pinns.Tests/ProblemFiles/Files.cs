using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Problem files as tests write them.</summary>
internal static class Files
{
    /// <summary>The built-in Burgers problem as a person writes it.</summary>
    public const string Burgers = """
        problem: my-burgers
        coordinates: {x: [-1, 1], t: [0, 1]}
        time: t
        constants: {nu: 0.01/pi}
        equations:
          residual: {expression: u_t + u*u_x - nu*u_xx, scale: pi}
        conditions:
          boundary: {on: x, expression: u}
          initial: {on: t-lower, expression: u + sin(pi*x)}
        """;

    public static Level Read(string text, params (string Name, string Value)[] overrides) => Read(text, Texts, overrides);

    public static Level Read(string text, TextOfPath texts, params (string Name, string Value)[] overrides)
    {
        var mistakes = new MistakeList();
        var level = ProblemFile.Read(text, "my.yaml", [.. overrides.Select(pair => Entry(pair.Name, pair.Value))], texts, mistakes);
        mistakes.ThrowIfAny();
        return level!;
    }

    public static Problem Problem(string text, params (string Name, string Value)[] overrides) => PinnCatalog.Problem(Read(text, overrides));

    public static string Mistakes(string text, params (string Name, string Value)[] overrides) =>
        Assert.Throws<UserMistakeException>(() => Read(text, overrides)).Message;

    private static string Texts(string path) => throw new UserMistakeException($"'{path}': there is no such file");

    private static SourceEntry Entry(string name, string value) => new(name, new("study.yaml", 3), new SourceNode.Scalar(new("study.yaml", 3), value, Plain: true));
}
