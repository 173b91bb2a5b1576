using System.CommandLine;
using PinnSweep.Annotations;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>What verbs about tags, notes and results of others take: a study of a store, or of a node.</summary>
internal sealed class AnnotationPlace
{
    private readonly Argument<string> _study = new("STUDY") { Description = "Its name, its hash or at least 6 digits of it, or its file" };
    private readonly Option<string?> _store = CommonOptions.Store();
    private readonly ServerOptions _server = new();

    /// <summary>A verb with the study as its first argument.</summary>
    public Command Verb(string name, string description)
    {
        var command = new Command(name, $"{description} {ServerOptions.Precedence}.") { _study, _store };
        _server.AddTo(command);
        return command;
    }

    /// <summary>Opens what the verb is about.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isChange">Whether anything is to be written.</param>
    /// <param name="terminal">For notices.</param>
    /// <param name="interrupts">What ends it.</param>
    /// <exception cref="UserMistakeException">There is no such study, or its store has another writer.</exception>
    public async Task<IStudyAnnotations> OpenAsync(ParseResult parsed, bool isChange, Terminal terminal, Interrupts interrupts)
    {
        var study = parsed.GetRequiredValue(_study);
        if (_server.IsNodeMeant(parsed, _store))
        {
            return await RemoteAnnotations.OpenAsync(() => _server.Open(parsed), study, interrupts.Stop);
        }

        var place = CommonOptions.StoreOf(parsed, _store);
        StudyPlan plan;
        using (var reading = Store.OpenForReading(place))
        {
            plan = ReportedPlan.Of(reading, study, [], terminal.Error, interrupts.Stop);
            if (reading.Studies.Find(plan.Hash) is null)
            {
                throw new UserMistakeException($"study '{plan.Spec.Name}' is not in {reading.Path} yet; `pinnsweep run {study} --store {place}` makes it so");
            }
        }

        return new StoredAnnotations(place, isChange, plan);
    }
}
