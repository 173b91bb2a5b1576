using PinnSweep.Commands;
using PinnSweep.Processes;

namespace PinnSweep.Tests.Commands;

public class RootVerbTests
{
    [Theory]
    [InlineData("docter", "unknown verb 'docter'; nearest 'doctor'")]
    [InlineData("doctor --stor=x", "unknown option '--stor=x'; nearest '--store'")]
    [InlineData("bench engin", "benchmark 'engin' is unknown; nearest 'engine'")]
    [InlineData("doctor now", "'now' is one word too many")]
    public async Task A_mistyped_command_line_names_the_nearest_match_and_ends_with_1(string line, string message)
    {
        var captured = await Captured.RunAsync(line.Split(' '));

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains(message, captured.Error, StringComparison.Ordinal);
        Assert.Empty(captured.Out);
    }

    [Fact]
    public async Task No_argument_shows_the_manual()
    {
        var captured = await Captured.RunAsync();

        Assert.Equal(0, captured.ExitCode);
        Assert.Contains("Exit codes:", captured.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", captured.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_verb_has_help_of_its_own_without_the_manual_of_the_root()
    {
        using var interrupts = new Interrupts();
        var verbs = PinnSweep.Commands.RootVerb.Create(new(TextWriter.Null, TextWriter.Null, false, false), interrupts).Subcommands.Select(verb => verb.Name).ToList();
        Assert.NotEmpty(verbs);

        foreach (var verb in verbs)
        {
            var captured = await Captured.RunAsync(verb, "--help");

            Assert.Equal(0, captured.ExitCode);
            Assert.Contains($"pinnsweep {verb}", captured.Out.Replace("PinnSweep.Tests", "pinnsweep", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("Exit codes:", captured.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_verb_that_is_asked_for_is_the_only_one_that_is_made()
    {
        using var interrupts = new PinnSweep.Processes.Interrupts();
        var terminal = new PinnSweep.Terminals.Terminal(TextWriter.Null, TextWriter.Null, false, false);
        var all = RootVerb.Create(terminal, interrupts).Subcommands.Select(verb => verb.Name).ToList();

        Assert.True(all.Count > 20);
        Assert.All(all, name => Assert.Equal([name], RootVerb.Create(terminal, interrupts, name).Subcommands.Select(verb => verb.Name)));
        Assert.Equal(all, RootVerb.Create(terminal, interrupts, "tirals").Subcommands.Select(verb => verb.Name));
    }
}
