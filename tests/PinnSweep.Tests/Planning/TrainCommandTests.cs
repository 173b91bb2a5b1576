using PinnSweep.Commands;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Tests.Planning;

public sealed class TrainCommandTests
{
    [Fact]
    public void A_trial_with_defaults_is_told_in_few_words()
    {
        var description = Words(Factor.Balancer, "{kind: relobralo, temperature: 0.5}", Budget.OfSteps(2000), 7);

        Assert.Equal(
            "pinnsweep train --problem helmholtz --balancer '{kind: relobralo, temperature: 0.5}' --steps 2000 --seed 7 --engine fused",
            TrainCommand.Of(description, description.Key(), "fused/avx2", "store.db"));
    }

    [Fact]
    public void Every_method_of_the_catalog_is_told_so_that_the_same_key_comes_out()
    {
        var told = 0;
        foreach (var factor in FactorWords.All.Where(factor => factor != Factor.Precision))
        {
            foreach (var entry in PinnCatalog.Instance.Of(factor))
            {
                TrialDescription description;
                try
                {
                    description = Words(factor, entry.Kind, Budget.OfSeconds(2.5), 3) with { EvaluateEvery = 7, ConvergedBelow = 0.25 };
                }
                catch (PinnSweep.Studies.Mistakes.UserMistakeException)
                {
                    // Kinds that need a parameter, or do not fit this problem.
                    continue;
                }

                var command = TrainCommand.Of(description, description.Key(), null, "store.db");
                Assert.DoesNotContain("--trial", command, StringComparison.Ordinal);
                Assert.Equal(description.Key(), Spoken(command).Key());
                told++;
            }
        }

        Assert.True(told > 40, $"{told} kinds were told");
    }

    [Fact]
    public void What_words_cannot_say_is_fetched_from_the_store()
    {
        var description = Words(Factor.Balancer, "static", Budget.OfSteps(2000), 1) with { StopWhen = new(1e6, null) };

        Assert.Equal($"pinnsweep train --trial {description.Key().Hex[..12]} --store 'my store.db'", TrainCommand.Of(description, description.Key(), null, "my store.db"));
        Assert.StartsWith("pinnsweep train --trial ", TrainCommand.Of(null, new(new string('a', 64)), "other/engine", "s.db"), StringComparison.Ordinal);
    }

    private static TrialDescription Words(Factor factor, string level, Budget budget, long seed) => TrialWords.Describe(
        FactorWords.All.ToDictionary(one => one, one => one == factor ? level : one == Factor.Problem ? "helmholtz" : null), budget, seed);

    /// <summary>What the verb makes of the words, as a shell hands them over.</summary>
    private static TrialDescription Spoken(string command)
    {
        using var interrupts = new Interrupts();
        var words = Shell(command).Skip(1).ToArray();
        var parsed = RootVerb.Create(new(TextWriter.Null, TextWriter.Null, false, false), interrupts).Parse(words);
        Assert.Empty(parsed.Errors);
        string? Of(string name) => Array.IndexOf(words, name) is >= 0 and var at ? words[at + 1] : null;
        return TrialWords.Describe(
            FactorWords.All.ToDictionary(factor => factor, factor => Of($"--{factor.ToWord()}")),
            Of("--steps") is { } steps ? Budget.OfSteps(int.Parse(steps, System.Globalization.CultureInfo.InvariantCulture)) : Budget.OfSeconds(double.Parse(Of("--seconds")!, System.Globalization.CultureInfo.InvariantCulture)),
            long.Parse(Of("--seed")!, System.Globalization.CultureInfo.InvariantCulture),
            Of("--evaluate-every") is { } every ? int.Parse(every, System.Globalization.CultureInfo.InvariantCulture) : null,
            Of("--converged-below") is { } below ? double.Parse(below, System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private static IEnumerable<string> Shell(string command)
    {
        var word = "";
        var isQuoted = false;
        foreach (var letter in command)
        {
            if (letter == '\'')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ' ' && !isQuoted)
            {
                yield return word;
                word = "";
            }
            else
            {
                word += letter;
            }
        }

        yield return word;
    }
}
