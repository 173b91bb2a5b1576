// Speaks the trainer protocol without training. What goes wrong is scripted by the study file, so each trial carries its own fate.

using PinnSweep.FakeTrainer;

return new Trainer(Console.OpenStandardInput(), Console.OpenStandardOutput()).Run();
