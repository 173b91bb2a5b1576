using System.Text.RegularExpressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>Parameters of methods are declared once, and read by what declares them.</summary>
public sealed partial class ParameterTests
{
    private static readonly (string Name, string Text)[] Sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    public static TheoryData<string, string> Methods =>
        [.. PinnCatalog.Instance.Entries.Where(entry => entry.Parameters.Length > 0).Select(entry => (entry.Factor.ToWord(), entry.Kind))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_parameter_reads_its_own_default_and_what_its_absence_means(string factor, string kind)
    {
        var parameters = WithMembers(PinnCatalog.Instance.Find(FactorWords.FromWord(factor)!.Value, kind)!.Parameters).ToList();

        Assert.All(parameters, parameter => Assert.True(Reads(parameter), $"{parameter.Name} is declared without a way to read it"));
        Assert.All(parameters.SelectMany(parameter => new[] { parameter.Default, parameter.Absent }.OfType<SpecValue>().Select(value => (parameter, value))), Read);
    }

    [Fact]
    public void Every_parameter_that_is_declared_is_read()
    {
        var declared = Sources.SelectMany(source => Declaration().Matches(source.Text).Select(match => (source, Name: match.Groups["name"].Value))).ToList();

        Assert.True(declared.Count > 100, $"only {declared.Count} declarations were found: they are written in another way now");
        Assert.Empty(declared.Where(one => !IsRead(one.source, one.Name)).Select(one => $"{one.source.Name}.{one.Name}"));
    }

    [Fact]
    public void No_method_reads_a_parameter_by_its_name() =>
        Assert.Empty(Sources.SelectMany(source => ByName().Matches(source.Text).Select(match => $"{source.Name}: {match.Value}")));

    /// <summary>In its own file by its name, elsewhere behind the name of its type.</summary>
    private static bool IsRead((string Name, string Text) source, string parameter) =>
        Regex.IsMatch(source.Text, $@"(?<![\w.]){parameter}\.Of\b")
        || Types().Matches(source.Text).Select(match => $@"\b{match.Groups["name"].Value}\.{parameter}\.Of\b").Any(read => Sources.Any(other => Regex.IsMatch(other.Text, read)));

    private static IEnumerable<Parameter> WithMembers(IEnumerable<Parameter> parameters) => parameters.SelectMany(parameter => parameter.Type switch
    {
        ParameterType.Optional { Type: ParameterType.Group group } => WithMembers(group.Members).Prepend(parameter),
        ParameterType.ListOf { Item: ParameterType.MethodOf methods } => WithMembers(methods.Beside).Prepend(parameter),
        _ => [parameter],
    });

    private static bool Reads(Parameter parameter) => parameter.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Parameter<>);

    private static void Read((Parameter Parameter, SpecValue Value) of)
    {
        var level = Level.Of("kind").With(of.Parameter.Name, of.Value);

        of.Parameter.GetType().GetMethod("Of", [typeof(Level)])!.Invoke(of.Parameter, [level]);
    }

    [GeneratedRegex(@"static (?:readonly )?Parameter<.+> (?<name>\w+) (?:=|\{)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:public|internal) .*class (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex(@"\.Parameters\.(?:Number|Integer|Flag|Text|OptionalMap|OptionalNumber|Integers|Numbers|Entries\.GetValueOrDefault)\(""|\.Parameters\.Entries\[""")]
    private static partial Regex ByName();
}
