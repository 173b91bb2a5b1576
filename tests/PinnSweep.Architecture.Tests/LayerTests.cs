using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>Reads the references of the built assemblies and holds what each layer must not know.</summary>
public class LayerTests
{
    private static readonly string[] Sql = ["Microsoft.Data.Sqlite", "SQLitePCLRaw", "Npgsql", "linq2db", "PinnSweep.Storage"];
    private static readonly string[] Torch = ["TorchSharp", "libtorch"];
    private static readonly string[] Web = ["Microsoft.AspNetCore"];
    private static readonly string[] Actors = ["Akka", "PinnSweep.Cluster"];

    // From the top: a layer may use those below it, never those above.
    private static readonly string[] Order =
    [
        "pinnsweep", "pinnsweep-trainer", "PinnSweep.Cluster", "PinnSweep.Storage", "PinnSweep.Reports", "PinnSweep.Training", "PinnSweep.Methods", "PinnSweep.Problems", "PinnSweep.Jets", "PinnSweep.Studies", "PinnSweep.Numerics",
    ];

    public static TheoryData<string, string[]> MustNotKnow => new()
    {
        { "pinnsweep", Torch },
        { "pinnsweep-trainer", [.. Actors, .. Sql, .. Web] },
        { "PinnSweep.Cluster", [.. Torch, .. Web] },
        { "PinnSweep.Storage", [.. Torch, .. Web] },
        { "PinnSweep.Reports", [.. Actors, .. Sql, .. Torch, .. Web] },
        { "PinnSweep.Training", [.. Actors, .. Sql, .. Web] },
        { "PinnSweep.Methods", [.. Actors, .. Sql, .. Web] },
        { "PinnSweep.Problems", [.. Actors, .. Sql, .. Torch, .. Web] },
        { "PinnSweep.Numerics", [.. Actors, .. Sql, .. Torch, .. Web, "PinnSweep.Studies", "PinnSweep.Jets"] },
        { "PinnSweep.Jets", [.. Actors, .. Sql, .. Web, "PinnSweep.Problems", "PinnSweep.Reports"] },
        { "PinnSweep.Studies", [.. Actors, .. Sql, .. Torch, .. Web, "Serilog", "Spectre.Console", "System.IO.FileSystem.DriveInfo"] },
    };

    [Theory]
    [MemberData(nameof(MustNotKnow))]
    public void A_layer_does_not_reference_what_it_must_not_know(string layer, string[] forbidden)
    {
        var references = References(layer);

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, reference => forbidden.Any(prefix => reference == prefix || reference.StartsWith($"{prefix}.", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void No_layer_references_one_above_it()
    {
        var upward = from layer in Order
                     from reference in References(layer)
                     where Order.Contains(reference) && Array.IndexOf(Order, reference) <= Array.IndexOf(Order, layer)
                     select $"{layer} → {reference}";

        Assert.Empty(upward);
    }

    private static List<string> References(string layer)
    {
        // Read, not loaded: the trainer's assembly would ask for libtorch.
        using var stream = File.OpenRead(PathOf(layer));
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string PathOf(string layer)
    {
        var project = layer switch { "pinnsweep" => "PinnSweep", "pinnsweep-trainer" => "PinnSweep.Trainer", _ => layer };
        return RepositoryPaths.BuildOutput(project, $"{layer}.dll");
    }
}
