using System.Security.Cryptography;
using System.Text.Json;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Trainer.Tests;

public sealed class TrainerProcessTests : IDisposable
{
    internal const int Endless = 50_000_000;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void One_process_trains_one_trial_after_another()
    {
        using var trainer = new TrainerUnderTest();

        foreach (var seed in new[] { 1, 2 })
        {
            trainer.Send(Train(Trial(seed, 30), attempt: seed));
            var finished = trainer.Until<TrainerProtocol.Finished>();
            var result = Result(finished);

            Assert.Equal(seed, finished.Attempt);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(finished.Path))), finished.Sha256);
            Assert.Equal(new FileInfo(finished.Path).Length, finished.Bytes);
            Assert.Equal(Trial(seed, 30).Key(), result.Key);
            Assert.Equal((30, finished.RelativeL2), (result.Steps, result.Final.RelativeL2));
            Assert.StartsWith("fused/", result.Evidence.Engine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_trained_network_comes_with_the_result_where_it_is_wanted()
    {
        using var trainer = new TrainerUnderTest();

        trainer.Send(Train(Trial(1, 30), attempt: 1));
        var without = trainer.Until<TrainerProtocol.Finished>();
        trainer.Send(Train(Trial(1, 30), attempt: 2) with { KeepsNetwork = true });
        var with = trainer.Until<TrainerProtocol.Finished>();

        Assert.Null(without.Network);
        var kept = File.ReadAllBytes(with.Network!.Path);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(kept)), kept.Length), (with.Network.Sha256, with.Network.Bytes));
        Assert.Equal((Trial(1, 30).Canonical(), with.RelativeL2), (NetworkFile.Read(kept).Description, NetworkFile.Read(kept).RelativeL2));
    }

    [Fact]
    public void A_stopped_trial_goes_on_from_its_checkpoint_to_the_same_digits()
    {
        var description = Trial(1, 4000);
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(description, attempt: 1));
        var uninterrupted = Result(trainer.Until<TrainerProtocol.Finished>());

        trainer.Send(Train(description, attempt: 2) with { ProgressSeconds = 0.01 });
        trainer.Until<TrainerProtocol.Progress>();
        trainer.Send(new TrainerProtocol.Stop());
        var checkpoint = trainer.Until<TrainerProtocol.Checkpointed>();
        var stopped = trainer.Until<TrainerProtocol.Stopped>();
        trainer.Send(Train(description, attempt: 3) with { ResumeFrom = checkpoint.Path });
        var resumed = Result(trainer.Until<TrainerProtocol.Finished>());

        Assert.InRange(stopped.Step, 1, 3999);
        Assert.Equal(stopped.Step, checkpoint.Step);
        Assert.Equal(Digits(uninterrupted), Digits(resumed));
    }

    [Fact]
    public void The_end_of_a_trial_is_where_the_same_with_more_steps_goes_on()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, 300), attempt: 1));
        var atOnce = Result(trainer.Until<TrainerProtocol.Finished>());

        trainer.Send(Train(Trial(1, 95), attempt: 2) with { KeepsFinal = true });
        var end = trainer.Until<TrainerProtocol.Checkpointed>();
        var shorter = Result(trainer.Until<TrainerProtocol.Finished>());
        trainer.Send(Train(Trial(1, 300), attempt: 3) with { ResumeFrom = end.Path });
        var longer = Result(trainer.Until<TrainerProtocol.Finished>());

        Assert.Equal((95, 95), (end.Step, shorter.Steps));
        Assert.Equal(Digits(atOnce), Digits(longer));
    }

    [Fact]
    public void The_state_at_the_end_comes_with_the_result_and_the_evidence_tells_who_began_with_it()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, 300), attempt: 1));
        var atOnce = Result(trainer.Until<TrainerProtocol.Finished>());
        trainer.Send(Train(Trial(1, 95), attempt: 2) with { KeepsEnd = true });
        var finished = trainer.Until<TrainerProtocol.Finished>();
        var shorter = Result(finished);
        var began = new Continuation(shorter.Key, 95);

        trainer.Send(Train(Trial(1, 300), attempt: 3) with { ResumeFrom = finished.End!.Path, Continued = began });
        var longer = Result(trainer.Until<TrainerProtocol.Finished>());
        trainer.Send(Train(Trial(2, 300), attempt: 4) with { ResumeFrom = finished.End.Path, Continued = began });
        var anew = Result(trainer.Until<TrainerProtocol.Finished>());

        Assert.Equal(finished.End.Bytes, new FileInfo(finished.End.Path).Length);
        Assert.Equal(Digits(atOnce), Digits(longer with { Evidence = longer.Evidence with { WentOn = null } }));
        Assert.Equal(began, longer.Evidence.WentOn);
        Assert.True(longer.Seconds > shorter.Seconds);
        Assert.Null(anew.Evidence.WentOn);
        Assert.Null(atOnce.Evidence.WentOn);
    }

    [Fact]
    public void A_trainer_tells_its_parts_of_a_trial_that_is_traced_and_of_no_other()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, 60), attempt: 1) with { KeepsFinal = true });
        var untraced = Told();
        trainer.Send(Train(Trial(1, 60), attempt: 2) with { KeepsFinal = true, TraceParent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01" });
        var traced = Told();

        Assert.Empty(untraced.OfType<TrainerProtocol.Part>());
        var parts = traced.OfType<TrainerProtocol.Part>().ToArray();
        Assert.Equal(["prepare", "write checkpoint", "write result"], parts.Select(part => part.Name));
        Assert.All(parts, part => Assert.True(part.Attempt == 2 && part.From <= part.To, $"{part}"));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From, $"{pair}"));
        Assert.Equal(Digits(Result((TrainerProtocol.Finished)untraced[^1])), Digits(Result((TrainerProtocol.Finished)traced[^1])));

        List<TrainerProtocol.Event> Told()
        {
            var told = new List<TrainerProtocol.Event>();
            do
            {
                told.Add(trainer.Next());
            }
            while (told[^1] is not TrainerProtocol.Finished);
            return told;
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_told_as_the_disks_fault_and_the_next_trial_trains()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, 30), attempt: 1) with { Folder = Path.Combine(_folder.Write("file", ""), "attempt") });

        Assert.Equal(TrainerProtocol.Failed.Disk, trainer.Until<TrainerProtocol.Failed>().Kind);
        trainer.Send(Train(Trial(1, 30), attempt: 2));
        Assert.Equal(2, trainer.Until<TrainerProtocol.Finished>().Attempt);
    }

    [Fact]
    public void A_library_that_does_not_load_is_told_as_the_machines_fault()
    {
        using var trainer = new TrainerUnderTest(new Dictionary<string, string> { ["PINNSWEEP_LIBTORCH"] = _folder.Path });
        trainer.Send(Train(Trial(1, 30), attempt: 1) with { Engine = "torch" });

        Assert.Equal(TrainerProtocol.Failed.Library, trainer.Until<TrainerProtocol.Failed>().Kind);
    }

    [Fact]
    public void The_process_ends_when_its_input_closes_in_mid_training()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, Endless), attempt: 1) with { ProgressSeconds = 0.01 });
        trainer.Until<TrainerProtocol.Progress>();

        trainer.Process.StandardInput.Close();

        Assert.True(trainer.Process.WaitForExit(Waiting.Patience));
        Assert.Equal(0, trainer.Process.ExitCode);
    }

    [Fact]
    public void The_process_ends_when_its_input_closes_while_idle()
    {
        using var trainer = new TrainerUnderTest();

        trainer.Process.StandardInput.Close();

        Assert.True(trainer.Process.WaitForExit(Waiting.Patience));
        Assert.Equal(0, trainer.Process.ExitCode);
    }

    [Fact]
    public void The_fused_engine_trains_without_loading_libtorch()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, Endless), attempt: 1) with { ProgressSeconds = 0.01 });
        trainer.Until<TrainerProtocol.Progress>();

        var loaded = File.ReadAllText($"/proc/{trainer.Ready.ProcessId}/maps");

        Assert.DoesNotContain("libtorch", loaded, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("LibTorchSharp", loaded, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_cannot_be_trained_fails_its_attempt_and_not_the_process()
    {
        using var trainer = new TrainerUnderTest();
        var unknown = Trial(1, 10);
        unknown = unknown with { Levels = unknown.Levels with { Balancer = Level.Of("relobralo2") } };

        trainer.Send(Train(unknown, attempt: 1));
        var failed = Assert.IsType<TrainerProtocol.Failed>(trainer.Next());
        trainer.Send(Train(Trial(1, 10), attempt: 2));
        var finished = trainer.Until<TrainerProtocol.Finished>();

        Assert.Equal((1, "error"), (failed.Attempt, failed.Kind));
        Assert.Contains("relobralo", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, finished.Attempt);
    }

    [Fact]
    public void A_line_that_is_no_command_is_noted_and_passed_over()
    {
        using var trainer = new TrainerUnderTest();

        trainer.SendLine("{\"type\":");
        trainer.SendLine("{\"type\":\"fly\"}");
        trainer.Send(Train(Trial(1, 10), attempt: 1));

        Assert.IsType<TrainerProtocol.Note>(trainer.Next());
        Assert.IsType<TrainerProtocol.Note>(trainer.Next());
        trainer.Until<TrainerProtocol.Finished>();
    }

    [Theory]
    [InlineData("absent.bin", null)]
    [InlineData("broken.bin", "not a checkpoint")]
    public void An_unusable_checkpoint_costs_time_and_not_the_trial(string name, string? content)
    {
        var path = Path.Combine(_folder.Path, name);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        using var trainer = new TrainerUnderTest();

        trainer.Send(Train(Trial(1, 10), attempt: 1) with { ResumeFrom = path });

        Assert.Contains("begins anew", trainer.Until<TrainerProtocol.Note>().Message, StringComparison.Ordinal);
        Assert.Equal(10, trainer.Until<TrainerProtocol.Finished>().Steps);
    }

    [Fact]
    public void Checkpoints_come_in_time_and_the_last_two_are_kept()
    {
        using var trainer = new TrainerUnderTest();
        trainer.Send(Train(Trial(1, Endless), attempt: 1) with { CheckpointSeconds = 0 });

        var told = Enumerable.Range(0, 5).Select(_ => trainer.Until<TrainerProtocol.Checkpointed>()).ToList();

        Assert.Equal(told.Select(checkpoint => checkpoint.Step).Order().Distinct(), told.Select(checkpoint => checkpoint.Step));
        Assert.False(File.Exists(told[0].Path));
    }

    [Fact]
    public void Version_names_the_program_and_its_commit()
    {
        using var process = TrainerUnderTest.Start("--version");

        var line = process.StandardOutput.ReadToEnd();

        Assert.Matches(@"^\d+\.\d+\.\d+ ([0-9a-f]{40}(-dirty\.[0-9a-f]+)?|unknown)\n$", line);
    }

    public void Dispose() => _folder.Dispose();

    private static string Digits(TrialResult result) => JsonSerializer.Serialize(
        result with
        {
            Seconds = 0,
            Curve = [.. result.Curve.Select(point => point with { Seconds = 0 })],
            Evidence = result.Evidence with { Started = default, Finished = default },
        },
        TrainerProtocol.Json);

    private static TrialResult Result(TrainerProtocol.Finished finished) =>
        PackedResult.Open(File.ReadAllBytes(finished.Path));

    private static Level LevelOf(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");

    internal static TrialDescription Trial(long seed, int steps) => new(
        new(
            LevelOf(Factor.Problem, "diffusion"),
            LevelOf(Factor.Network, "{kind: mlp, hidden: [10, 10]}"),
            LevelOf(Factor.Balancer, "static"),
            LevelOf(Factor.Sampler, "{kind: uniform, interior: 100, boundary: 20, initial: 20, resample_every: 50}"),
            LevelOf(Factor.Optimizer, "adam"),
            LevelOf(Factor.Time, "none"),
            Precision.Float32),
        seed,
        Budget.OfSteps(steps),
        EvaluateEvery: 100,
        ConvergedBelow: 1e-2);

    private TrainerProtocol.Train Train(TrialDescription description, int attempt) =>
        new(description.Canonical(), attempt, Path.Combine(_folder.Path, $"attempt-{attempt}"), ResumeFrom: null, CheckpointSeconds: 3600, ProgressSeconds: 3600, "auto");
}
