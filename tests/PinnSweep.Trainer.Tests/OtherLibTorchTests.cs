using System.Text.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Trainer.Tests;

/// <summary>
/// PINNSWEEP_LIBTORCH: a folder laid out as an installed PyTorch is, with libraries of the version that fits, copied, since to the loader a
/// link would be the same library.
/// </summary>
public sealed class OtherLibTorchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Torch => _folder["torch"];

    private Dictionary<string, string> Environment => new() { ["PINNSWEEP_LIBTORCH"] = Torch };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_takes_the_named_libtorch_and_no_other_and_computes_the_same()
    {
        Install("2.10.0+cu128", "libc10.so", "libtorch.so", "libtorch_cpu.so", "libtorch_global_deps.so", "libgomp-*");
        var built = Train([], out var builtIn);

        var named = Train(Environment, out var libraries);

        Assert.Equal([Path.Combine(TrainerUnderTest.Folder, "libtorch_cpu.so")], builtIn);
        Assert.Equal([Path.Combine(Torch, "lib", "libtorch_cpu.so")], libraries);
        Assert.Equal(built, named);
    }

    [Theory]
    [InlineData("2.9.1", "libtorch 2.9.1; TorchSharp's wrapper needs 2.10", new[] { "libc10.so", "libtorch.so", "libtorch_cpu.so" })]
    [InlineData("2.10.0", "it has no libc10.so, no libtorch.so", new[] { "libtorch_cpu.so" })]
    public void Doctor_says_why_a_libtorch_does_not_fit(string version, string reason, string[] files)
    {
        Directory.CreateDirectory(Path.Combine(Torch, "lib"));
        File.WriteAllText(Path.Combine(Torch, "version.py"), $"__version__ = '{version}'\n");
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(Torch, "lib", file), "");
        }

        if (files.Length == 1)
        {
            File.Move(Path.Combine(Torch, "lib", files[0]), Path.Combine(Torch, files[0]));
        }

        var torch = Doctor();

        Assert.False(torch.GetProperty("loads").GetBoolean());
        Assert.Contains(reason, torch.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_tells_the_symbol_that_a_libtorch_lacks()
    {
        // The version is right and the libraries are there, but this libtorch_cpu holds nothing: as one of another build would lack
        // something.
        Install("2.10.0", "libc10.so", "libtorch.so", "libtorch_global_deps.so", "libgomp-*");
        File.Copy(Path.Combine(Torch, "lib", "libtorch_global_deps.so"), Path.Combine(Torch, "lib", "libtorch_cpu.so"));

        var torch = Doctor();

        Assert.False(torch.GetProperty("loads").GetBoolean());
        Assert.Contains("undefined symbol: _ZN", torch.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private void Install(string version, params string[] patterns)
    {
        var lib = Directory.CreateDirectory(Path.Combine(Torch, "lib"));
        File.WriteAllText(Path.Combine(Torch, "version.py"), $"__version__ = '{version}'\n");
        foreach (var file in patterns.SelectMany(pattern => Directory.EnumerateFiles(TrainerUnderTest.Folder, pattern)))
        {
            File.Copy(file, Path.Combine(lib.FullName, Path.GetFileName(file)));
        }
    }

    private JsonElement Doctor()
    {
        using var doctor = TrainerUnderTest.Start(Environment, "--doctor");
        var answer = doctor.StandardOutput.ReadToEnd();
        doctor.WaitForExit();
        Assert.Equal(0, doctor.ExitCode);
        return JsonDocument.Parse(answer).RootElement.GetProperty("torch").Clone();
    }

    /// <summary>The error after a short training on the Torch engine, and the copies of libtorch in the process.</summary>
    private double Train(Dictionary<string, string> environment, out string[] libraries)
    {
        using var trainer = new TrainerUnderTest(environment);
        trainer.Send(new TrainerProtocol.Train(TrainerProcessTests.Trial(1, 20).Canonical(), 1, _folder[$"work-{environment.Count}"], null, 60, 60, "torch"));
        var finished = trainer.Until<TrainerProtocol.Finished>();
        libraries =
        [
            .. File.ReadLines($"/proc/{trainer.Process.Id}/maps").Select(line => line[Math.Max(0, line.IndexOf('/', StringComparison.Ordinal))..])
                .Where(path => Path.GetFileName(path) == "libtorch_cpu.so").Distinct(),
        ];
        return finished.RelativeL2;
    }
}
