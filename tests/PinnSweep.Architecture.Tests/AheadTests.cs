using System.Reflection.PortableExecutable;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>Half of the time of a short command would be compilation.</summary>
public class AheadTests
{
    [Theory]
    [InlineData("PinnSweep", "pinnsweep.dll")]
    [InlineData("PinnSweep", "Akka.Cluster.dll")]
    [InlineData("PinnSweep.Trainer", "pinnsweep-trainer.dll")]
    [InlineData("PinnSweep.Trainer", "PinnSweep.Training.dll")]
    public void What_starts_often_was_compiled_when_it_was_built(string program, string assembly)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("only builds on Linux compile ahead");
        }

        using var file = File.OpenRead(RepositoryPaths.BuildOutput(program, assembly));
        using var image = new PEReader(file);

        Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{assembly} holds no machine code: eng/compile-ahead was left out, or could not compile it");
    }
}
